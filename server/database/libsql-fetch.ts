import { request } from 'undici';
import { dispatcher } from '../dispatcher.js';

/**
 * What libsql's client sends with. Each statement is one call, and others wait for the one lock meanwhile: what Node's own
 * `fetch` does around it takes longer than the call itself.
 *
 * @param timeout how long an answer may take, in milliseconds; as long as it will, if there is none
 */
export const libsqlFetch =
  (timeout?: number) =>
  async (asked: Request): Promise<Response> => {
    const { statusCode, headers, body } = await request(asked.url, {
      dispatcher,
      method: asked.method,
      headers: Object.fromEntries(asked.headers),
      body: await asked.text(),
      ...(timeout === undefined ? NEVER : { signal: AbortSignal.timeout(timeout) }),
    });
    const type = headers['content-type'];
    return new Response(await body.text(), {
      status: statusCode,
      ...(typeof type === 'string' && { headers: { 'content-type': type } }),
    });
  };

const NEVER = { headersTimeout: 0, bodyTimeout: 0 };
