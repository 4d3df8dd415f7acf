import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { type SharedState, WINDOW } from '../plugin/shared-state.js';

/**
 * One window of a minute: its count, and when it ends. Times are the server's own, so that Redis' clock is no matter; its
 * expiry only sweeps out. Answers what is left of a window that is full, else nothing.
 */
const COUNT = `
local now, max, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local ends = tonumber(redis.call('HGET', KEYS[1], 'ends') or '0')
if ends <= now then
  redis.call('HSET', KEYS[1], 'count', 1, 'ends', now + window)
  redis.call('PEXPIRE', KEYS[1], window * 2)
  return 0
end
if tonumber(redis.call('HGET', KEYS[1], 'count')) >= max then return ends - now end
redis.call('HINCRBY', KEYS[1], 'count', 1)
return 0
`;

/** Both end a lease by its name. One that has run out is not there any more, or is another one. */
const WRITE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return end
redis.call('HSET', KEYS[2], 'value', ARGV[2], 'endsAt', ARGV[3])
redis.call('PEXPIREAT', KEYS[2], ARGV[3])
redis.call('DEL', KEYS[1])
`;
const GIVE_UP = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
`;

/**
 * The shared state in Redis, where it costs the database nothing.
 *
 * @param prefix what all its keys begin with
 */
export function redisState(redis: Redis, prefix: string): SharedState {
  const named = (kind: string, key: string) => `${prefix}${kind}:${key}`;
  return {
    async count(key, max) {
      const left = Number(await redis.eval(COUNT, 1, named('count', key), Date.now(), max, WINDOW));
      return left > 0 ? left : undefined;
    },

    spend: async (hash, kept) => (await redis.set(named('spent', hash), '', 'PX', kept, 'NX')) === 'OK',

    async read(key) {
      const { value, endsAt } = await redis.hgetall(named('kept', key));
      const ends = Number(endsAt ?? 0);
      return value !== undefined && ends > Date.now() ? { value, endsAt: ends } : undefined;
    },

    async lease(key, lasts) {
      const lease = randomUUID();
      return (await redis.set(named('lease', key), lease, 'PX', lasts, 'NX')) === 'OK' ? lease : undefined;
    },

    async write(key, { value, endsAt }, lease) {
      await redis.eval(WRITE, 2, named('lease', key), named('kept', key), lease, value, endsAt);
    },

    async giveUp(key, lease) {
      await redis.eval(GIVE_UP, 1, named('lease', key), lease);
    },
  };
}
