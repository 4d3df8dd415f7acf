import { Refusal } from '../errors.js';
import type { HostCall, HostFetch } from './fetch.js';

/** One request to a host's open API. */
export interface Asking {
  url: string;
  call: Pick<HostCall, 'method' | 'headers' | 'body'>;
  /** How long it may take, in milliseconds. */
  timeout: number;
  /** What sends it. */
  send: HostFetch;
}

/**
 * Sends one request to a host's open API.
 *
 * Secrets and tokens are part of addresses and bodies, so nothing that holds one may leave here: what `send` throws is
 * dropped.
 *
 * @returns the HTTP status, and what came as JSON; `undefined` where it is none
 * @throws Refusal `HOST_UNAVAILABLE` where the host cannot be reached, or is too slow
 */
export async function askHost({ url, call, timeout, send }: Asking): Promise<{ status: number; told: unknown }> {
  const { signal, end } = patience(timeout);
  try {
    const response = await send(url, { ...call, signal, redirect: 'error' });
    const text = await response.text();
    return { status: response.status, told: parsed(text) };
  } catch {
    if (signal.aborted) {
      throw new Refusal('HOST_UNAVAILABLE', { status: 504, message: 'The host did not answer in time.' });
    }
    throw new Refusal('HOST_UNAVAILABLE', { message: 'The host cannot be reached.' });
  } finally {
    end();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Into how many parts the time for a call is cut. */
const PARTS = 10;

/**
 * Aborts after some time, of which a pause of this process takes one part at most: an answer that arrived meanwhile could
 * not be read, and timers run before sockets are read. `AbortSignal.timeout` would hold the pause against the host.
 *
 * @param time in milliseconds
 */
function patience(time: number): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const part = Math.ceil(time / PARTS);
  let left = time;
  let timer: NodeJS.Timeout;
  const wait = () => {
    const next = Math.min(part, left);
    left -= next;
    timer = setTimeout(left > 0 ? wait : () => controller.abort(), next);
  };
  wait();
  return { signal: controller.signal, end: () => clearTimeout(timer) };
}
