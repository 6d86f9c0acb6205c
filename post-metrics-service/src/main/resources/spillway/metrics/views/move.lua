-- Puts one split of a post in the place of another, and adds to its base key, when the split found is the expected one.
--
-- KEYS  base key
-- ARGV  expected split, next split, views to add, their variance, writes to add
-- Answers 1, or 0 and changes nothing.
--
-- Splits are compared as text. A post that was never split has none.

local found = redis.call('HGET', KEYS[1], 'split') or '0:0:-1'
if found ~= ARGV[1] then
  return 0
end
if ARGV[3] ~= '0' then
  redis.call('HINCRBY', KEYS[1], 'views', ARGV[3])
end
if ARGV[4] ~= '0' then
  redis.call('HINCRBY', KEYS[1], 'variance', ARGV[4])
end
if ARGV[5] ~= '0' then
  redis.call('HINCRBY', KEYS[1], 'writes', ARGV[5])
end
redis.call('HSET', KEYS[1], 'split', ARGV[2])
return 1
