import type { Context } from 'hono';
import { Refusal } from '../errors.js';
import type { Env } from './env.js';

/** How much is read over a socket of a body that is refused, in bytes. */
const MOST_READ = 16 * 1024 * 1024;

/**
 * The body of a request, whole.
 *
 * One that is too large is read to its end as well, though not kept: many clients hear no answer while they send, and
 * lose it where the server hangs up on bytes that it has not read. hono's own limit leaves them unread. Where it is very
 * much too large, the answer says that its connection ends: whoever sent another request on it would lose that.
 *
 * @param maxSize in bytes
 * @returns `undefined` where it is too large
 * @throws Refusal `INVALID_REQUEST` where the client hung up
 */
export async function readBody(c: Context<Env>, maxSize: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const mostRead = c.env?.incoming ? MOST_READ : maxSize;
  const kept: Uint8Array[] = [];
  let size = 0;
  const reader = c.req.raw.body?.getReader();
  try {
    for (let next = await reader?.read(); next?.value && size <= mostRead; next = await reader?.read()) {
      size += next.value.length;
      if (size <= maxSize) kept.push(next.value);
    }
  } catch (error) {
    if (c.env?.incoming?.complete !== false) throw error;
    throw new Refusal('INVALID_REQUEST', { message: 'The request ended early.' });
  }
  if (size <= maxSize) return Buffer.concat(kept);
  // The rest of it is in the way of whatever comes next. HTTP/2 has a stream for each, and no such header.
  if (size > mostRead && c.env?.incoming?.httpVersionMajor === 1) c.header('connection', 'close');
  return undefined;
}
