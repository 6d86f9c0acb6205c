-- One page of a bucket's counts in one generation against those in another, if both have come equally far.
--
-- KEYS  watermark and counts here, watermark and counts there
-- ARGV  cursor, number of counts to look at
-- Answers {1, next cursor, counts looked at, then per difference: post, count here, count there}, or {0} when the watermarks
-- differ: counts of different moments cannot be compared.

local function unsealed(key)
  return (string.gsub(redis.call('GET', key) or '-1', '!$', ''))
end

if unsealed(KEYS[1]) ~= unsealed(KEYS[3]) then
  return { 0 }
end
local page = redis.call('HSCAN', KEYS[2], ARGV[1], 'COUNT', ARGV[2])
local found = { 1, page[1], tostring(#page[2] / 2) }
for i = 1, #page[2], 2 do
  local other = redis.call('HGET', KEYS[4], page[2][i]) or '0'
  if other ~= page[2][i + 1] then
    found[#found + 1] = page[2][i]
    found[#found + 1] = page[2][i + 1]
    found[#found + 1] = other
  end
end
return found
