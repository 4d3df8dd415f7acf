import type { AuthContext } from 'better-auth';
import { openFirstSession, type SignedIn } from './sessions.js';
import { createUser } from './users.js';
import { writeTogether } from './write-together.js';

/**
 * Makes a user of whom nothing is known, and who may link no host account. They are as lasting as their token.
 *
 * @throws Refusal `ACCOUNT_BLOCKED`
 */
export function signInAnonymously(context: AuthContext): Promise<SignedIn> {
  return writeTogether(context, async () =>
    openFirstSession(context, await createUser(context, { isAnonymous: true }), null),
  );
}
