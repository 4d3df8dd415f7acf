import type { AuthContext, GenericEndpointContext } from 'better-auth';
import type { z } from 'zod';
import { jsonEndpoint } from '../plugin/endpoint.js';
import type { SignedIn } from '../plugin/sessions.js';
import type { Known } from '../plugin/users.js';
import { flatLogin, hostLogin, userRecord } from './record.js';

/** What a call without a result answers. */
export const OK = { status: 'ok' };

/** A sign-in with a host account. */
export function hostLoginEndpoint<Path extends string, Body>(
  path: Path,
  body: z.ZodType<Body>,
  signIn: (body: Body, context: AuthContext) => Promise<SignedIn>,
) {
  return jsonEndpoint('POST', path, body, async (body, ctx) => {
    const signedIn = await signIn(body, ctx.context);
    ctx.setStatus(201);
    return hostLogin(ctx.context, signedIn);
  });
}

/** Any other sign-in. */
export function loginEndpoint<Path extends string, Body>(
  path: Path,
  body: z.ZodType<Body>,
  signIn: (body: Body, context: AuthContext) => Promise<SignedIn>,
) {
  return jsonEndpoint('POST', path, body, async (body, ctx) => {
    const signedIn = await signIn(body, ctx.context);
    ctx.setStatus(201);
    return flatLogin(ctx.context, signedIn);
  });
}

/** A change of whoever is signed in, which answers them. */
export function changeEndpoint<Path extends string, Body>(
  path: Path,
  body: z.ZodType<Body>,
  change: (body: Body, ctx: GenericEndpointContext) => Promise<Known>,
) {
  return jsonEndpoint('PUT', path, body, async (body, ctx) => userRecord(ctx.context, await change(body, ctx)));
}
