-- Leaves of a sub-key nothing but its seal, and that for a while.
--
-- KEYS  sub-key, its viewers
-- ARGV  epoch, seconds for which the seal stays
--
-- Called when the base key contains all of it. The seal has to outlive whoever may still want to write in that epoch.

if redis.call('HGET', KEYS[1], 'epoch') == ARGV[1] then
  redis.call('DEL', KEYS[2])
  redis.call('EXPIRE', KEYS[1], ARGV[2])
end
return 1
