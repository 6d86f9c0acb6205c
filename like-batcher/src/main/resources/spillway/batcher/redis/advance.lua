-- Moves one bucket forward: compares its watermark, changes its member sets and counts, writes the new watermark.
--
-- KEYS  watermark, counts, then one member set per post
-- ARGV  expected watermark, next watermark, then per post: post, number of adds, number of removes, adds, removes
-- Answers {1, counts that changed}, or {0, the watermark found} and changes nothing.
--
-- An error in the middle would keep what was already written while the watermark stays behind, and the replay would
-- find the members present and never count them. So all that can fail is checked before the first write.
-- Watermarks are compared as text: as numbers, offsets past 2^53 would compare equal to their neighbours.

local CHUNK = 5000 -- members per command: unpack() puts them on Lua's stack, which holds about 8000

local current = redis.call('GET', KEYS[1]) or '-1'
if current ~= ARGV[1] then
  return { 0, current }
end

local function whole(text)
  local number = tonumber(text)
  return number and number >= 0 and number % 1 == 0 and number
end

local function holds(key, kind)
  local found = redis.call('TYPE', key)['ok']
  return found == 'none' or found == kind
end

if not holds(KEYS[2], 'hash') then
  return redis.error_reply('SPILLWAY the counts are not a hash')
end
local at = 3
for post = 3, #KEYS do
  local adds, removes = whole(ARGV[at + 1]), whole(ARGV[at + 2])
  if not (adds and removes) then
    return redis.error_reply('SPILLWAY malformed numbers of members')
  end
  if not holds(KEYS[post], 'set') then
    return redis.error_reply('SPILLWAY members are not a set')
  end
  at = at + 3 + adds + removes
end
if at ~= #ARGV + 1 then
  return redis.error_reply('SPILLWAY wrong number of arguments')
end

local function change(command, key, first, count)
  local changed = 0
  local last = first + count - 1
  for from = first, last, CHUNK do
    changed = changed + redis.call(command, key, unpack(ARGV, from, math.min(from + CHUNK - 1, last)))
  end
  return changed
end

local writes = 0
at = 3
for post = 3, #KEYS do
  local adds, removes = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local delta = change('SADD', KEYS[post], at + 3, adds) - change('SREM', KEYS[post], at + 3 + adds, removes)
  if delta ~= 0 then
    redis.call('HINCRBY', KEYS[2], ARGV[at], delta)
    writes = writes + 1
  end
  at = at + 3 + adds + removes
end
redis.call('SET', KEYS[1], ARGV[2])
return { 1, writes }
