import type { AuthContext, GenericEndpointContext } from 'better-auth';
import type { z } from 'zod';
import { jsonEndpoint } from '../plugin/endpoint.js';
import type { SignedIn } from '../plugin/sessions.js';
import type { Known } from '../plugin/users.js';
import { flatLogin, hostLogin, userRecord } from './record.js';

/** What a call without a result answers. */
export const OK = { status: 'ok' };

/** @param answer what whoever has signed in is told */
function signInEndpoint<Answer>(answer: (context: AuthContext, signedIn: SignedIn) => Promise<Answer>) {
  return <Path extends string, Body>(
    path: Path,
    body: z.ZodType<Body>,
    signIn: (body: Body, context: AuthContext) => Promise<SignedIn>,
  ) =>
    jsonEndpoint('POST', path, body, async (body, ctx) => {
      const signedIn = await signIn(body, ctx.context);
      ctx.setStatus(201);
      return answer(ctx.context, signedIn);
    });
}

/** A sign-in with a host account. */
export const hostLoginEndpoint = signInEndpoint(hostLogin);

/** Any other sign-in. */
export const loginEndpoint = signInEndpoint(flatLogin);

/** A change of whoever is signed in, which answers them. */
export function changeEndpoint<Path extends string, Body>(
  path: Path,
  body: z.ZodType<Body>,
  change: (body: Body, ctx: GenericEndpointContext) => Promise<Known>,
) {
  return jsonEndpoint('PUT', path, body, async (body, ctx) => userRecord(ctx.context, await change(body, ctx)));
}
