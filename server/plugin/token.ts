import type { AuthContext, GenericEndpointContext, Session } from 'better-auth';
import { makeSignature } from 'better-auth/crypto';
import { Refusal } from '../errors.js';
import type { DengluUser } from './schema.js';

/** The session behind a request. */
export interface CurrentSession {
  session: Session & { dengluIdentityId?: string | null };
  user: DengluUser;
}

/**
 * The token as clients hold it: the one of the session table, signed, so that reading the table lets nobody in.
 *
 * @param sessionToken as it stands in the table
 */
export async function signToken(context: AuthContext, sessionToken: string): Promise<string> {
  return `${sessionToken}.${await makeSignature(sessionToken, context.secret)}`;
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
