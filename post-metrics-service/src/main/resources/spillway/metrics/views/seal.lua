-- Ends an epoch in a sub-key: from here on nothing is added to it.
--
-- KEYS  sub-key
-- ARGV  epoch
-- Answers {epoch, views, their variance, writes}: the last numbers of this epoch, or nothing when the sub-key belongs to a later one.
--
-- A sub-key that was never written is sealed as well, or a late writer would open it.

local epoch = tonumber(ARGV[1])
local found = tonumber(redis.call('HGET', KEYS[1], 'epoch') or '0')
if found > epoch then
  return { found, 0, 0, 0 }
end
if found < epoch then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'epoch', ARGV[1])
end
redis.call('HSET', KEYS[1], 'sealed', 1)
local numbers = redis.call('HMGET', KEYS[1], 'views', 'variance', 'writes')
return { epoch, tonumber(numbers[1] or '0'), tonumber(numbers[2] or '0'), tonumber(numbers[3] or '0') }
