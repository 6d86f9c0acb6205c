-- Adds views and viewers to a sub-key, unless its epoch is over.
--
-- KEYS  sub-key, its viewers
-- ARGV  epoch, views, their variance, writes, viewers
-- Answers 1, or 0 and changes nothing.
--
-- What a sub-key holds of an earlier epoch is in the base key since that epoch ended, so opening it starts from nothing.
-- Epochs are milliseconds: far below 2^53, so that Lua's numbers tell them apart.

local CHUNK = 5000 -- viewers per command: unpack() puts them on Lua's stack, which holds about 8000

local epoch = tonumber(ARGV[1])
local found = tonumber(redis.call('HGET', KEYS[1], 'epoch') or '0')
if found > epoch or (found == epoch and redis.call('HEXISTS', KEYS[1], 'sealed') == 1) then
  return 0
end
if found < epoch then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'epoch', ARGV[1])
end
redis.call('HINCRBY', KEYS[1], 'views', ARGV[2])
if ARGV[3] ~= '0' then
  redis.call('HINCRBY', KEYS[1], 'variance', ARGV[3])
end
redis.call('HINCRBY', KEYS[1], 'writes', ARGV[4])
for from = 5, #ARGV, CHUNK do
  redis.call('PFADD', KEYS[2], unpack(ARGV, from, math.min(from + CHUNK - 1, #ARGV)))
end
return 1
