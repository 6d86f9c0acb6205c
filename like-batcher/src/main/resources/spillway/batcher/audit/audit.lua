-- Compares counts with the sizes of the sets that they count, at one moment.
--
-- KEYS  the bucket's counts, then per post its member set
-- ARGV  the posts
-- Answers per difference: post, count, size of the set.

local found = {}
local counts = redis.call('HMGET', KEYS[1], unpack(ARGV))
for i, post in ipairs(ARGV) do
  local count = counts[i] or '0'
  local size = redis.call('SCARD', KEYS[i + 1])
  if count ~= tostring(size) then
    found[#found + 1] = post
    found[#found + 1] = count
    found[#found + 1] = tostring(size)
  end
end
return found
