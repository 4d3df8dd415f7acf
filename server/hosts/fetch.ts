import { request } from 'undici';
import { dispatcher } from '../dispatcher.js';

/** One call of a host's open API. Redirects are never followed: secrets and tokens are part of addresses and bodies. */
export interface HostCall {
  method?: 'POST';
  headers?: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  redirect: 'error';
}

/** As much of `fetch` as the calls of a host's open API need. The global one fits. */
export type HostFetch = (url: string, call: HostCall) => Promise<{ readonly status: number; text(): Promise<string> }>;

/**
 * What Node's own `fetch` sends with. Every sign-in makes one such call, and streams, `Request` and `Response` around it
 * take more of the processor's time than the call itself.
 */
export const hostFetch: HostFetch = async (url, { method = 'GET', headers = {}, body = null, signal }) => {
  const { statusCode, body: answer } = await request(url, {
    dispatcher,
    method,
    headers: { 'user-agent': 'denglu', ...headers },
    body,
    signal,
  });
  return { status: statusCode, text: () => answer.text() };
};
