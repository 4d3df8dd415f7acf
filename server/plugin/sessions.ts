import { getCurrentAdapter } from '@better-auth/core/context';
import type { AuthContext, Session, Where } from 'better-auth';
import { baasIdOf } from './baas-id.js';
import { type PublicUser, publicUser } from './public-user.js';
import type { DengluUser, Identity } from './schema.js';
import { signToken } from './token.js';
import { allowed, type Known } from './users.js';

/** Who signed in, and the session that was opened for it. */
export interface SignedIn extends Known {
  session: Session;
}

/** What clients read of a sign-in. */
export interface PublicSession {
  token: string;
  /** When the token ends, in milliseconds since the epoch. */
  expiresAt: number;
  user: PublicUser;
}

/**
 * Opens a session, inside the transaction that it belongs to, and sweeps out those of the user that have ended.
 *
 * @throws Refusal `ACCOUNT_BLOCKED` where the app's own hooks refuse
 */
export async function openSession(
  context: AuthContext,
  user: DengluUser,
  identity: Identity | null,
): Promise<SignedIn> {
  await deleteEndedSessions(context, user.id);
  return openFirstSession(context, user, identity);
}

/** The same for a user who was made in the same transaction, and so has no other. */
export async function openFirstSession(
  context: AuthContext,
  user: DengluUser,
  identity: Identity | null,
): Promise<SignedIn> {
  const columns = { dengluIdentityId: identity?.id ?? null };
  const options = { deferSecondaryStorageWrites: true };
  const session = await context.internalAdapter.createSession(user.id, false, columns, false, options);
  return { user: { ...user, baasId: await baasIdOf(context, user) }, identity, session: allowed(session) };
}

/**
 * better-auth never does this itself. One user's sessions are few and have an index, everybody's may be many and have
 * none. Where sessions are kept beside the database, they end there by themselves, and an app may want its rows to stay.
 */
async function deleteEndedSessions(context: AuthContext, userId: string): Promise<void> {
  if (context.options.secondaryStorage) return;
  const store = await getCurrentAdapter(context.adapter);
  const where: Where[] = [
    { field: 'userId', value: userId },
    { field: 'expiresAt', value: new Date(), operator: 'lte' },
  ];
  await store.deleteMany({ model: 'session', where });
}

/** A sign-in, put as clients read it. */
export function publicSession(context: AuthContext, signedIn: SignedIn): PublicSession {
  const { user, identity, session } = signedIn;
  return {
    token: signToken(context, session.token),
    expiresAt: session.expiresAt.getTime(),
    user: publicUser(user, identity),
  };
}
