"""The one Lua script that changes a chat in Redis. Must stay the only writer of chats, so that a step is atomic."""

STEP = """
-- KEYS: 1 hash of the chat, 2 list of events, 3 hash of results, 4 sorted set of ends
-- ARGV: 1 mode (create|commit|seen|wipe) 2 chat id 3 authenticator hash 4 now (ms) 5 idle 6 hard 7 left 8 backstop
--       9 most events 10 version 11 notes 12 tag 13 result 14 activity (1|0) 15 keep (1|0) 16.. events
local mode, now = ARGV[1], tonumber(ARGV[4])
local chat = redis.call('HMGET', KEYS[1], 'auth', 'version', 'started', 'active', 'seen', 'kept')
local started, active, seen, kept = tonumber(chat[3]), tonumber(chat[4]), tonumber(chat[5]), chat[6]

local function gone_at()
  local hard = started + tonumber(ARGV[6])
  if kept == '1' then return hard end
  local ends = math.min(active + tonumber(ARGV[5]), hard)
  if seen then ends = math.min(ends, math.max(seen, active) + tonumber(ARGV[7])) end
  return ends
end

local function wipe()
  redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3])
  redis.call('ZREM', KEYS[4], ARGV[2])
  redis.call('PUBLISH', 'c:changed', ARGV[2])
end

local function keep()
  local ends = gone_at()
  redis.call('ZADD', KEYS[4], string.format('%.0f', ends), ARGV[2])
  local ttl = string.format('%.0f', ends - now + tonumber(ARGV[8]))
  redis.call('PEXPIRE', KEYS[1], ttl)
  redis.call('PEXPIRE', KEYS[2], ttl)
  redis.call('PEXPIRE', KEYS[3], ttl)
end

local function append()
  for i = 16, #ARGV do redis.call('RPUSH', KEYS[2], ARGV[i]) end
end

if mode == 'create' then
  if chat[1] then return {'conflict'} end
  started, active, seen, kept = now, now, nil, '0'
  redis.call('HSET', KEYS[1], 'auth', ARGV[3], 'version', '0', 'started', ARGV[4], 'active', ARGV[4], 'notes', ARGV[11],
    'kept', kept)
  append()
  keep()
  return {'stored', '', ARGV[4], ARGV[4], ''}
end

if not chat[1] or chat[1] ~= ARGV[3] then return {'gone'} end
if now >= gone_at() then wipe() return {'gone'} end
if mode == 'wipe' then wipe() return {'stored'} end
if mode == 'seen' then
  seen = math.max(seen or 0, now)
  redis.call('HSET', KEYS[1], 'seen', string.format('%.0f', seen))
  keep()
  return {'stored'}
end

if ARGV[12] ~= '' then
  local before = redis.call('HGET', KEYS[3], ARGV[12])
  if before then return {'duplicate', before, chat[3], chat[4], chat[5] or '', kept} end
end
if chat[2] ~= ARGV[10] then return {'conflict'} end
if redis.call('LLEN', KEYS[2]) + #ARGV - 15 > tonumber(ARGV[9]) then return {'full'} end
append()
kept = ARGV[15]
redis.call('HSET', KEYS[1], 'notes', ARGV[11], 'kept', kept)
redis.call('HINCRBY', KEYS[1], 'version', 1)
if ARGV[12] ~= '' then redis.call('HSET', KEYS[3], ARGV[12], ARGV[13]) end
if ARGV[14] == '1' then
  active = math.max(active, now)
  redis.call('HSET', KEYS[1], 'active', string.format('%.0f', active))
end
keep()
redis.call('PUBLISH', 'c:changed', ARGV[2])
return {'stored', ARGV[13], chat[3], string.format('%.0f', active), chat[5] or '', kept}
"""
