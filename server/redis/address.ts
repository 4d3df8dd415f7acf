import { both } from '../start-error.js';

/** What the address of a Redis must be. */
export const REDIS_ADDRESS = both(
  'must be an address like redis://host:6379, or redis://host:6379/1 for its database 1',
  '必须是形如 redis://host:6379 的地址,或以 redis://host:6379/1 指明其 1 号数据库',
);

/** Whether this is the address of a Redis, and what stands behind its host the number of a database, if anything. */
export function isRedisAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, pathname } = new URL(url);
  return /^rediss?:$/.test(protocol) && hostname !== '' && /^\/?\d*$/.test(pathname);
}
