-- Adds a HyperLogLog that was read elsewhere to another.
--
-- KEYS  viewers, a key of the same slot that nobody else uses
-- ARGV  the other HyperLogLog as its bytes

redis.call('SET', KEYS[2], ARGV[1])
local merged = redis.pcall('PFMERGE', KEYS[1], KEYS[2])
redis.call('DEL', KEYS[2])
return merged
