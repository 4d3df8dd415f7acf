import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { Env } from './env.js';

/** Where better-auth believes to be. Only paths matter: no link, cookie or redirect is ever made of it. */
export const AUTH_ORIGIN = 'http://denglu.invalid';

/** The header that tells better-auth where a request came from. */
export const CLIENT_ADDRESS = 'x-denglu-address';

const PASSED_ON = ['authorization', 'content-type'];

/**
 * What better-auth gets to see of a request's headers: no cookie, and no address that a client made up.
 *
 * @param behindProxy whether any proxy is trusted
 */
export function authHeaders(c: Context<Env>, behindProxy: boolean): Headers {
  const headers = new Headers();
  for (const name of PASSED_ON) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  const address = clientAddress(c.env?.incoming, behindProxy);
  if (address !== undefined) headers.set(CLIENT_ADDRESS, address);
  return headers;
}

/**
 * A request as better-auth gets to see it, without a query. hono makes the answer to a `HEAD` of the one to a `GET`.
 *
 * @param body as it was read
 * @param below what better-auth's address of it begins with and the client's does not
 */
export function authRequest(c: Context<Env>, headers: Headers, body: Uint8Array<ArrayBuffer>, below = ''): Request {
  const url = new URL(`${below}${new URL(c.req.url).pathname}`, AUTH_ORIGIN);
  const { method } = c.req;
  return method === 'GET' || method === 'HEAD'
    ? new Request(url, { headers })
    : new Request(url, { method, headers, body });
}

/**
 * better-auth reads addresses from the end, and takes the first that is no trusted proxy. What a client writes into
 * `X-Forwarded-For` stands before that, so it is not believed.
 */
function clientAddress(incoming: IncomingMessage | undefined, behindProxy: boolean): string | undefined {
  const socket = incoming?.socket.remoteAddress;
  const forwarded = incoming?.headers['x-forwarded-for'];
  return socket && forwarded && behindProxy ? `${forwarded}, ${socket}` : socket;
}
