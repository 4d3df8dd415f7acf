import { context, propagation, SpanKind } from '@opentelemetry/api';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions';
import type { Context, HonoRequest, MiddlewareHandler } from 'hono';
import { failSpan, inSpan } from '../spans.js';
import type { Env } from './env.js';
import { signInOf } from './sign-in-of.js';

const headers = {
  get: (request: HonoRequest, name: string) => request.header(name),
  keys: (request: HonoRequest) => Object.keys(request.header()),
};

/**
 * A span for each request, below that of whoever sent it. Which address it is for, the request's log is told as well.
 *
 * @param routes the addresses that there are, as `/avatars/:name`; of any other one, which may be anything, nothing is told
 */
export function traceRequests(routes: readonly string[]): MiddlewareHandler<Env> {
  const shapes = routes.map((route) => ({ route, shape: new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`) }));
  return (c, next) => {
    const { method } = c.req;
    const route = shapes.find(({ shape }) => shape.test(c.req.path))?.route;
    c.set('route', route);
    const name = route === undefined ? method : `${method} ${route}`;
    const attributes = { [ATTR_HTTP_REQUEST_METHOD]: method, ...(route !== undefined && { [ATTR_HTTP_ROUTE]: route }) };
    const sender = propagation.extract(context.active(), c.req, headers);
    return context.with(sender, () =>
      inSpan(name, { kind: SpanKind.SERVER, attributes }, async (span) => {
        await next();
        const { status } = c.res;
        span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
        const code = c.get('refusal')?.code;
        if (code !== undefined) span.setAttribute('denglu.code', code);
        if (status >= 500) failSpan(span, code ?? String(status));
      }),
    );
  };
}

/** A span for the part of a request that signs somebody in, if it is for that. */
export function traceSignIn(c: Context<Env>, work: () => Promise<Response>): Promise<Response> {
  const signIn = signInOf(c.req);
  if (!signIn) return work();
  const { host, kind } = signIn;
  return inSpan(`sign-in ${kind}`, { attributes: { 'denglu.host': host, 'denglu.kind': kind } }, async (span) => {
    const response = await work();
    span.setAttribute('denglu.outcome', c.get('refusal')?.code ?? 'ok');
    return response;
  });
}
