import { createHmac } from 'node:crypto';
import type { AuthContext, GenericEndpointContext, Session } from 'better-auth';
import { Refusal } from '../errors.js';
import type { DengluUser } from './schema.js';

/** The session behind a request. */
export interface CurrentSession {
  session: Session & { dengluIdentityId?: string | null };
  user: DengluUser;
}

/** What better-auth's `makeSignature` makes, without a detour through another thread. */
export const signatureOf = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest('base64');

/**
 * The token as clients hold it: the one of the session table, signed, so that reading the table lets nobody in.
 *
 * @param sessionToken as it stands in the table
 */
export function signToken(context: AuthContext, sessionToken: string): string {
  return `${sessionToken}.${signatureOf(sessionToken, context.secret)}`;
}

/**
 * The session of the request's bearer token, whose signature the bearer hook has checked. better-auth's own lookup is
 * not used, as it reads a failing database as nobody being signed in.
 *
 * @throws Refusal `NOT_SIGNED_IN` where no token was shown, `TOKEN_REJECTED`
 */
export async function currentSession(ctx: GenericEndpointContext): Promise<CurrentSession> {
  const { authCookies, internalAdapter, secret } = ctx.context;
  const { name } = authCookies.sessionToken;
  if (!ctx.headers?.has('authorization') && !ctx.getCookie(name)) throw new Refusal('NOT_SIGNED_IN');
  const token = await ctx.getSignedCookie(name, secret);
  const found = token ? await internalAdapter.findSession(token) : null;
  if (!found || found.session.expiresAt.getTime() <= Date.now()) throw new Refusal('TOKEN_REJECTED');
  return found;
}
