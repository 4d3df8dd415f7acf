import type { Redis } from 'ioredis';
import { StartError } from '../start-error.js';

/** How long to wait for a connection and for an answer, in milliseconds, and the longest pause before the next try. */
const PATIENCE = 2000;
const LONGEST_PAUSE = 1000;

/**
 * Opens a connection to Redis. Where it is lost, what is asked meanwhile fails at once, and it is opened again.
 *
 * @param url as `redis://host:6379`, or `rediss:` with TLS
 * @throws StartError where it cannot be reached
 */
export async function openRedis(url: string): Promise<Redis> {
  let reason = 'unknown reason';
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
  redis.on('error', ({ message, code }: NodeJS.ErrnoException) => {
    reason = message || code || reason;
  });
  try {
    await redis.connect();
    return redis;
  } catch {
    redis.disconnect();
    throw new StartError(`REDIS_URL cannot be reached: ${reason}`);
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
