import type { Redis } from 'ioredis';
import { reasonOf } from '../reason.js';
import { cannotStart, StartError } from '../start-error.js';
import { isRedisAddress, REDIS_ADDRESS } from './address.js';

/** How long to wait for a connection and for an answer, in milliseconds, and the longest pause before the next try. */
const PATIENCE = 2000;
const LONGEST_PAUSE = 1000;

/**
 * Opens a connection to Redis. Where it is lost, what is asked meanwhile fails at once, and it is opened again.
 *
 * @param url as `redis://host:6379`, or `rediss:` with TLS; `/1` behind it is the number of a database
 * @throws StartError where it is no such address, cannot be reached, or has no such database
 */
export async function openRedis(url: string): Promise<Redis> {
  if (!isRedisAddress(url)) throw cannotStart([['REDIS_URL', REDIS_ADDRESS]]);
  let reason: unknown;
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: PATIENCE,
    commandTimeout: PATIENCE,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // After a failover its address may lead to another one.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
    retryStrategy: (times) => Math.min(times * 50, LONGEST_PAUSE),
  });
  redis.on('error', (error) => {
    reason = error;
  });
  try {
    await redis.connect();
    // By itself, the client would go on with the first database where there is none of this number.
    if (redis.options.db) await redis.select(redis.options.db);
    return redis;
  } catch (error) {
    redis.disconnect();
    const why = reasonOf(reason ?? error);
    throw new StartError(`REDIS_URL cannot be reached: ${why}`, `无法连接 REDIS_URL:${why}`);
  }
}

/** How long what is written to see whether it can be stays there, in milliseconds. */
const SEEN = 10_000;

/**
 * Asks by writing: a replica, and one whose memory is full, still answer a ping.
 *
 * @param prefix what the name of its key begins with
 * @throws what Redis says where it takes no writes, or the client where it does not answer
 */
export async function checkRedis(redis: Redis, prefix: string): Promise<void> {
  await redis.set(`${prefix}ready`, '', 'PX', SEEN);
}
