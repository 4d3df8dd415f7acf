import type { Session } from '../../ports/backend.js';
import { Failure } from '../../ports/failure.js';
import { type Secret, secret } from '../../ports/secret.js';
import { readUser } from './answers.js';
import { readError } from './failures.js';
import type { KeptSession } from './kept.js';
import { quietly } from './quietly.js';
import type { RenewKey } from './renewing-key.js';
import type { MinappSdk } from './sdk.js';

/**
 * The session that a silent sign-in has to take as it is; `null` where it has to log in.
 *
 * @param expectedUserId the only user who may come of it (G-06)
 * @throws Failure `account-changed` where the app itself has signed that user out, or somebody else in
 */
export type TakeOver = (code: Secret, expectedUserId: string | null) => PromiseLike<Session | null>;

/**
 * Whoever the SDK keeps is who is signed in. A sign-in that the app made by the SDK itself is taken as it is, and nobody
 * is brought back after a sign-out that it made.
 */
export function takingOver({ auth }: Pick<MinappSdk, 'auth'>, kept: KeptSession, renewKey: RenewKey): TakeOver {
  const changed = () => new Failure('account-changed', { message: 'The app has signed in or out by the SDK itself.' });

  function take(token: string, code: Secret): PromiseLike<Session> {
    return auth.getCurrentUser().then((entered) => {
      const user = readUser(entered);
      const session = (): Session => {
        if (kept.token() !== token) throw changed();
        kept.claim();
        return { user, token: secret(token), expiresAt: kept.expiresAt() };
      };
      // Whoever asked will take the key of this code for the one that the server has (G-03).
      return user.openid === null ? session() : quietly(() => renewKey(code)).then(session);
    });
  }

  return (code, expectedUserId) => {
    const token = kept.token();
    const isExpected = expectedUserId === null || kept.isOf(expectedUserId);
    if (kept.isByApp() && !isExpected) return Promise.reject(changed());
    // No login of the host's could renew it, and one that tried would end a session that may stand.
    const isBeyondLogin = expectedUserId !== null && isExpected && kept.isApart();
    if (token === null || !(kept.isByApp() || isBeyondLogin)) return Promise.resolve(null);
    return take(token, code).then(undefined, (error: unknown) => {
      const failure = readError(error);
      if (failure.kind !== 'token-rejected') throw failure;
      return null;
    });
  };
}
