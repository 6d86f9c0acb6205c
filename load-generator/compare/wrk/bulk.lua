-- POST /v1/likes, each like a new user's.
local headers = { ["Authorization"] = "Bearer " .. os.getenv("INGEST"), ["Content-Type"] = "application/json" }
local start = '{"postId":"' .. os.getenv("POST") .. '","userId":"'
local likes, user = tonumber(os.getenv("LIKES")), os.time() * 1000

request = function()
  local items = {}
  for i = 1, likes do
    items[i] = start .. (user + i) .. '","op":"like"}'
  end
  user = user + likes
  return wrk.format("POST", "/v1/likes", headers, '{"likes":[' .. table.concat(items, ",") .. "]}")
end
