import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.js';
import type { Env } from './env.js';

/**
 * One line for each request. It names what was asked and how it ended; headers, queries and bodies hold secrets, and are
 * never part of it (S-06, G-23). Nor is an address that is not known here: whatever a client has put together may stand in it.
 */
export function requestLog(log: Logger, metrics: Metrics | undefined): MiddlewareHandler<Env> {
  return async (c, next) => {
    const id = randomUUID();
    const begin = performance.now();
    c.set('log', log.child({ id }));
    await next();
    c.header('x-request-id', id);
    const { status } = c.res;
    const refusal = c.get('refusal');
    const cause = c.get('cause');
    const { method, path } = c.req;
    const took = performance.now() - begin;
    metrics?.request({ method, path, status, seconds: took / 1000, code: refusal?.code });
    const line = {
      method,
      path: c.get('route') ?? 'unknown',
      status,
      ms: Math.round(took),
      ...(refusal && { code: refusal.code, reason: refusal.message }),
      ...(cause !== undefined && { cause }),
    };
    c.get('log')[status < 500 ? 'info' : 'error'](line, 'request');
  };
}
