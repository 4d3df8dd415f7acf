import type { AuthCore } from '../machines/create-auth.js';
import type { DirectCalls } from '../machines/direct-calls.js';
import type { KeptSession } from '../machines/session.js';
import type { Session, User } from '../ports/backend.js';
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

/** The record of whoever is signed in, once the backend has told the user anew. */
export function changed({ record, bindings, need }: BaasContext, user: User): BaasUser {
  bindings.changeUser(user);
  return record({ ...need(user.id), user });
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
    throw refusal(error, identity());
  }
}
