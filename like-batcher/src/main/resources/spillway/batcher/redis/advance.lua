-- Moves one bucket forward: compares its watermark, changes its member sets and counts, writes the new watermark.
--
-- KEYS  watermark, counts, then per post: its member set and, if it has sequenced operations, its sequences
-- ARGV  expected watermark, next watermark, then per post: post, number of adds, of removes, of sequenced operations,
--       adds, removes, and per sequenced operation: member, sequence, effect if that is newer and effect otherwise as
--       two of '+' add, '-' remove, '.' nothing
-- Answers {1, counts that changed}, or {0, the watermark found} and changes nothing.
--
-- An error in the middle would keep what was already written while the watermark stays behind, and the replay would
-- find the members present and never count them. So all that can fail is checked before the first write.
-- Watermarks and sequences are compared as text: as numbers, those past 2^53 would compare equal to their neighbours.

local CHUNK = 5000 -- members per command: unpack() puts them on Lua's stack, which holds about 8000
local SEQUENCED = 2000 -- sequenced operations at once: two arguments each

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
local key = 3
while key <= #KEYS do
  local adds, removes, sequenced = whole(ARGV[at + 1]), whole(ARGV[at + 2]), whole(ARGV[at + 3])
  if not (adds and removes and sequenced) then
    return redis.error_reply('SPILLWAY malformed numbers of members')
  end
  if not holds(KEYS[key], 'set') then
    return redis.error_reply('SPILLWAY members are not a set')
  end
  key = key + 1
  at = at + 4 + adds + removes
  if sequenced > 0 then
    if not (KEYS[key] and holds(KEYS[key], 'hash')) then
      return redis.error_reply('SPILLWAY sequences are not a hash')
    end
    key = key + 1
    for operation = 1, sequenced do
      local sequence, effects = ARGV[at + 1], ARGV[at + 2]
      if not (effects and string.find(sequence, '^[1-9]%d*$') and string.find(effects, '^[+-][+.-]$')) then
        return redis.error_reply('SPILLWAY malformed sequenced operation')
      end
      at = at + 3
    end
  end
end
if at ~= #ARGV + 1 then
  return redis.error_reply('SPILLWAY wrong number of arguments')
end

local function change(command, set, first, count)
  local changed = 0
  local last = first + count - 1
  for from = first, last, CHUNK do
    changed = changed + redis.call(command, set, unpack(ARGV, from, math.min(from + CHUNK - 1, last)))
  end
  return changed
end

local function newer(sequence, than)
  return not than or #sequence > #than or (#sequence == #than and sequence > than)
end

local function change_sequenced(set, sequences, first, count)
  local changed = 0
  for from = 0, count - 1, SEQUENCED do
    local members, adds, removes, news = {}, {}, {}, {}
    for operation = from, math.min(from + SEQUENCED, count) - 1 do
      members[#members + 1] = ARGV[first + 3 * operation]
    end
    local known = redis.call('HMGET', sequences, unpack(members))
    for i, member in ipairs(members) do
      local sequence = ARGV[first + 3 * (from + i - 1) + 1]
      local effects = ARGV[first + 3 * (from + i - 1) + 2]
      local effect = string.sub(effects, 2, 2)
      if newer(sequence, known[i]) then
        effect = string.sub(effects, 1, 1)
        news[#news + 1] = member
        news[#news + 1] = sequence
      end
      if effect == '+' then
        adds[#adds + 1] = member
      elseif effect == '-' then
        removes[#removes + 1] = member
      end
    end
    if #news > 0 then
      redis.call('HSET', sequences, unpack(news))
    end
    if #adds > 0 then
      changed = changed + redis.call('SADD', set, unpack(adds))
    end
    if #removes > 0 then
      changed = changed - redis.call('SREM', set, unpack(removes))
    end
  end
  return changed
end

local writes = 0
at = 3
key = 3
while key <= #KEYS do
  local post, set = ARGV[at], KEYS[key]
  local adds, removes, sequenced = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  local delta = change('SADD', set, at + 4, adds) - change('SREM', set, at + 4 + adds, removes)
  key = key + 1
  at = at + 4 + adds + removes
  if sequenced > 0 then
    delta = delta + change_sequenced(set, KEYS[key], at, sequenced)
    key = key + 1
    at = at + 3 * sequenced
  end
  if delta ~= 0 then
    redis.call('HINCRBY', KEYS[2], post, delta)
    writes = writes + 1
  end
end
redis.call('SET', KEYS[1], ARGV[2])
return { 1, writes }
