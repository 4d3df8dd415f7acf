import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Logger } from 'pino';
import type { Picture } from '../avatars/store.js';
import { Refusal } from '../errors.js';
import { HSERVE, withBearer } from '../hserve/transport.js';
import type { Metrics } from '../metrics/metrics.js';
import { MAX_AVATAR } from '../plugin/avatar-endpoints.js';
import { storeRefusal } from '../store-errors.js';
import { refuse, relay } from './answer.js';
import { authHeaders, authRequest } from './auth-request.js';
import type { Env } from './env.js';
import { loggable } from './loggable.js';
import { metricsApp } from './metrics-app.js';
import { readBody } from './read-body.js';
import { requestLog } from './request-log.js';
import { traceRequests, traceSignIn } from './trace.js';

export interface AppParts {
  /** Answers the requests under `/api/auth`. */
  auth: (request: Request) => Promise<Response>;
  /** The addresses that it knows, below its own. */
  addresses: readonly string[];
  /** Counts a request under `/api/auth/denglu` with these headers; throws a {@link Refusal} where there are too many. */
  count: (headers: Headers) => Promise<void>;
  /** Throws where the server cannot work: its database or Redis does not answer. */
  checkReady: () => Promise<void>;
  /** Whether it was told to close: it still answers, but requests should go elsewhere. */
  isClosing: () => boolean;
  /** Which pages of browsers may read the answers. */
  allowedOrigins: readonly string[];
  /** Whether `X-Forwarded-For` may be read at all. */
  behindProxy: boolean;
  /** By which apps on the BaaS SDK call themselves; without one, there are no addresses for them. */
  baasClientId: string | undefined;
  /** The uploaded picture of a name, if this server keeps them itself. */
  readAvatar: (name: string) => Promise<Picture | undefined>;
  log: Logger;
  /** What counts for Prometheus, if anything does. */
  metrics: Metrics | undefined;
  /** Whether everybody may read it here, at `/metrics`. */
  showsMetrics: boolean;
}

const AUTH_PATH = '/api/auth';
const ENDPOINTS = `${AUTH_PATH}/denglu/*`;
const UPLOADS = `${AUTH_PATH}/denglu/avatar`;

const MAX_BODY = 16 * 1024;
const bodies = {
  upload: { maxSize: MAX_AVATAR + MAX_BODY, tooLarge: 'AVATAR_TOO_LARGE' },
  other: { maxSize: MAX_BODY, tooLarge: 'BODY_TOO_LARGE' },
} as const;

/** Those of the BaaS SDK stand by themselves. */
const below = (address: string) => (address.startsWith(HSERVE) ? address : `${AUTH_PATH}${address}`);

/** Where uploaded pictures are read. */
export const AVATARS = '/avatars';

/** The HTTP side of the server: of all that better-auth offers, only denglu's own endpoints are reachable. */
export function createApp(parts: AppParts): Hono<Env> {
  const { auth, addresses, count, checkReady, isClosing, readAvatar, log, metrics, showsMetrics } = parts;
  const { allowedOrigins, behindProxy, baasClientId } = parts;
  const app = new Hono<Env>();

  app.use(traceRequests(['/healthz', '/readyz', '/metrics', `${AVATARS}/:name`, ...addresses.map(below)]));
  app.use(requestLog(log, metrics));
  app.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
    // Whoever keeps a connection may send on it at the very moment at which it ends.
    if (isClosing()) c.header('connection', 'close');
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
        allowMethods: ['GET', 'POST', 'PUT'],
        allowHeaders: ['authorization', 'content-type'],
        exposeHeaders: ['retry-after', 'x-request-id'],
        maxAge: 600,
      }),
    );
  }

  // Whether it runs at all: whoever starts it again for a database's sake makes nothing better.
  app.get('/healthz', (c) => c.json({ status: 'ok' }));

  if (metrics && showsMetrics) app.route('/', metricsApp(metrics));

  app.get('/readyz', async (c) => {
    if (isClosing()) return c.json({ status: 'closing' }, 503);
    await checkReady();
    return c.json({ status: 'ok' });
  });

  app.get(`${AVATARS}/:name`, async (c) => {
    const picture = await readAvatar(c.req.param('name'));
    if (!picture) return refuse(c, new Refusal('NOT_FOUND'));
    return c.body(new Uint8Array(picture.bytes), 200, {
      'content-type': picture.type,
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
    });
  });

  app.use(ENDPOINTS, async (c, next) => {
    const headers = authHeaders(c, behindProxy);
    // Before the body is read: whoever asks too often shall not keep the server reading.
    await count(headers);
    c.set('headers', headers);
    return next();
  });
  app.on(['GET', 'POST', 'PUT'], ENDPOINTS, async (c) => {
    const { maxSize, tooLarge } = c.req.path === UPLOADS ? bodies.upload : bodies.other;
    const body = await readBody(c, maxSize);
    if (!body) return refuse(c, new Refusal(tooLarge));
    return traceSignIn(c, async () => relay(c, await auth(authRequest(c, c.get('headers'), body))));
  });

  if (baasClientId !== undefined) {
    const routes = `${HSERVE}*`;
    app.use(routes, async (c, next) => {
      const headers = authHeaders(c, behindProxy);
      await count(headers);
      if (c.req.header('x-hydrogen-client-id') !== baasClientId) {
        return refuse(c, new Refusal('INVALID_REQUEST', { message: 'There is no such client.' }));
      }
      c.set('headers', withBearer(headers));
      return next();
    });
    app.on(['GET', 'POST', 'PUT'], routes, async (c) => {
      const body = await readBody(c, MAX_BODY);
      if (!body) return refuse(c, new Refusal('BODY_TOO_LARGE'));
      return traceSignIn(c, async () => relay(c, await auth(authRequest(c, c.get('headers'), body, AUTH_PATH))));
    });
  }

  app.notFound((c) => refuse(c, new Refusal('NOT_FOUND')));
  app.onError((error, c) => {
    if (error instanceof Refusal) return refuse(c, error);
    const refusal = storeRefusal(error);
    if (refusal) return refuse(c, refusal);
    c.get('log').error({ err: loggable(error) }, 'unexpected error');
    return refuse(c, new Refusal('INTERNAL'));
  });

  return app;
}
