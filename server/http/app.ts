import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Logger } from 'pino';
import { Refusal } from '../errors.js';
import { refuse, relay } from './answer.js';
import { authRequest } from './auth-request.js';
import type { Env } from './env.js';
import { requestLog } from './request-log.js';

export interface AppParts {
  /** Answers the requests under `/api/auth`. */
  auth: (request: Request) => Promise<Response>;
  /** Throws where the server cannot work. */
  checkHealth: () => Promise<void>;
  /** Which pages of browsers may read the answers. */
  allowedOrigins: readonly string[];
  /** Whether `X-Forwarded-For` may be read at all. */
  behindProxy: boolean;
  log: Logger;
}

const ENDPOINTS = '/api/auth/denglu/*';
const MAX_BODY = 16 * 1024;

/** The HTTP side of the server: of all that better-auth offers, only denglu's own endpoints are reachable. */
export function createApp({ auth, checkHealth, allowedOrigins, behindProxy, log }: AppParts): Hono<Env> {
  const app = new Hono<Env>();

  app.use(requestLog(log));
  app.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
  });
  app.use(async (c, next) => {
    // fetch's Request, which everything below is made of, cannot hold such an address.
    const { username, password } = new URL(c.req.url);
    if (username || password) return refuse(c, new Refusal('INVALID_REQUEST'));
    return next();
  });
  if (allowedOrigins.length > 0) {
    app.use(
      cors({
        origin: [...allowedOrigins],
        allowMethods: ['GET', 'POST'],
        allowHeaders: ['authorization', 'content-type'],
        exposeHeaders: ['retry-after', 'x-request-id'],
        maxAge: 600,
      }),
    );
  }

  app.get('/healthz', async (c) => {
    await checkHealth();
    return c.json({ status: 'ok' });
  });

  app.use(ENDPOINTS, bodyLimit({ maxSize: MAX_BODY, onError: (c) => refuse(c, new Refusal('BODY_TOO_LARGE')) }));
  app.on(['GET', 'POST'], ENDPOINTS, async (c) => relay(c, await auth(await authRequest(c, behindProxy))));

  app.notFound((c) => refuse(c, new Refusal('NOT_FOUND')));
  app.onError((error, c) => {
    if (c.env?.incoming?.complete === false) {
      return refuse(c, new Refusal('INVALID_REQUEST', { message: 'The request ended early.' }));
    }
    c.get('log').error({ err: error }, 'unexpected error');
    return refuse(c, new Refusal('INTERNAL'));
  });

  return app;
}
