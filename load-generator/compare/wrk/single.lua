-- PUT /v1/posts/{id}/like or /empty, its users in turn.
local headers, at = {}, 0
for token in io.lines(os.getenv("TOKENS")) do
  headers[#headers + 1] = { ["Authorization"] = "Bearer " .. token }
end
local path = "/v1/posts/" .. os.getenv("POST") .. "/" .. os.getenv("ENDING")

request = function()
  at = at % #headers + 1
  return wrk.format("PUT", path, headers[at])
end
