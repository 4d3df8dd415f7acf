import type { AuthCore } from '../machines/create-auth.js';
import type { DirectCalls } from '../machines/direct-calls.js';
import type { KeptSession } from '../machines/session.js';
import type { Session, User } from '../ports/backend.js';
import { Failure, toFailure } from '../ports/failure.js';
import type { Secret } from '../ports/secret.js';
import { fieldOf } from './arguments.js';
import { refusal } from './errors.js';
import type { Turns } from './turns.js';
import type { BaasIdentity, BaasUser } from './types.js';

/** What the calls share. */
export interface BaasContext extends Pick<AuthCore, 'auth' | 'bindings'> {
  readonly calls: DirectCalls;
  readonly turns: Turns<Session>;
  /** Whoever is signed in, as the documentation has them. */
  record(session: Session): BaasUser;
  /** Whoever is signed in, where that is known. */
  identity(): BaasIdentity | null;
  /**
   * Whoever is signed in.
   *
   * @param userId who it has to be
   * @throws BaasError 604
   */
  need(userId?: string): KeptSession;
}

/**
 * The app has logged in to the host by itself where it brings a code, whatever comes of the call: the server's key is not
 * known to be the newest any more (G-03).
 */
export function noteBroughtCode({ calls }: Pick<BaasContext, 'calls'>, options: unknown): void {
  const code = fieldOf(options, 'code');
  if (typeof code === 'string' && code !== '') calls.noteForeignLogin();
}

/** The record of whoever is signed in, once the backend has told the user anew. */
export function changed({ record, bindings, need }: BaasContext, user: User): BaasUser {
  bindings.changeUser(user);
  return record({ ...need(user.id), user });
}

/**
 * Asks the backend as whoever is signed in, with one renewal where the token is rejected (G-05). That nobody is registered
 * with the host account says no more here than that the session is over.
 *
 * @param limit how long each answer may take, in milliseconds
 */
export function asUser<T>(
  { bindings }: Pick<BaasContext, 'bindings'>,
  ask: (token: Secret) => PromiseLike<T>,
  limit: number,
): PromiseLike<T> {
  return bindings.authorized(ask, limit).then(undefined, sessionIsOver);
}

/**
 * Waits for a renewal that is under way, which takes a login of its own, before the key is kept for something else (G-03).
 *
 * @throws Failure `token-rejected` where the session is over
 */
export function settled({ bindings }: Pick<BaasContext, 'bindings'>): PromiseLike<Session> {
  return bindings.ensureSession({ createUser: false, withUnionId: false }).then(undefined, sessionIsOver);
}

function sessionIsOver(error: unknown): never {
  const failure = toFailure(error);
  throw failure.kind === 'unregistered' ? new Failure('token-rejected') : failure;
}

/**
 * The session, if it is still this user's.
 *
 * @throws Failure `account-changed`
 */
export function stillOf({ calls }: Pick<BaasContext, 'calls'>, userId: string): KeptSession {
  const session = calls.current();
  if (session?.user.id !== userId) throw new Failure('account-changed');
  return session;
}

/**
 * What a person's answer to the host holds.
 *
 * @throws BaasError 603 where it is a no, with who is signed in
 */
export function consented<T>({ identity }: Pick<BaasContext, 'identity'>, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw refusal(error, identity);
  }
}
