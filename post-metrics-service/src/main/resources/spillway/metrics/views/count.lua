-- Adds views, some of which stand for several, to a base key.
--
-- KEYS  base key
-- ARGV  views, their variance
-- Answers the views there are.
--
-- One step, so that whoever reads never sees views without the uncertainty they came with.

redis.call('HINCRBY', KEYS[1], 'variance', ARGV[2])
return redis.call('HINCRBY', KEYS[1], 'views', ARGV[1])
