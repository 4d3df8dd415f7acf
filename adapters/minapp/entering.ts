import type { Session } from '../../ports/backend.js';
import { Failure } from '../../ports/failure.js';
import { secret } from '../../ports/secret.js';
import { readUser } from './answers.js';
import { type Kinds, readError } from './failures.js';
import { keptSession } from './kept.js';
import type { MinappSdk, SdkUser } from './sdk.js';
import type { TakeTurn } from './turns.js';

export interface EnterOptions {
  /** What the codes of the SDK mean to this login. */
  kinds: Kinds;
  /** The only user who may come of it (G-06). */
  expectedUserId?: string | null;
}

/**
 * Logins of the SDK, all or nothing: one that fails, or that nobody waits for any more, leaves the session that was kept
 * before, whatever the SDK has stored meanwhile.
 */
export function entering(sdk: MinappSdk, takeTurn: TakeTurn) {
  const kept = keptSession(sdk);

  /** Nobody wants the session that the SDK has got. */
  function undo(putBack: () => void, before: string | null): PromiseLike<void> {
    if (kept.token() === before) {
      putBack();
      return Promise.resolve();
    }
    return quietly(() => sdk.auth.logout()).then(putBack);
  }

  return (login: () => PromiseLike<SdkUser>, { kinds, expectedUserId = null }: EnterOptions): Promise<Session> => {
    let leave = (): PromiseLike<void> => Promise.resolve();
    return takeTurn(
      () => {
        const before = kept.token();
        const putBack = kept.remember();
        leave = () => undo(putBack, before);
        kept.distrust();
        return Promise.resolve()
          .then(login)
          .then((entered) => {
            const user = readUser(entered);
            if (expectedUserId !== null && user.id !== expectedUserId) throw new Failure('account-changed');
            const token = kept.token();
            if (token === null) throw new Failure('unavailable', { message: 'The SDK has kept no token.' });
            return { user, token: secret(token), expiresAt: kept.expiresAt() };
          })
          .then(undefined, (error: unknown) =>
            leave().then(() => {
              throw readError(error, kinds);
            }),
          );
      },
      () => leave(),
    );
  };
}

/** Makes a call that may fail, or throw (the SDK does both). */
export function quietly(call: () => PromiseLike<unknown>): Promise<void> {
  return Promise.resolve()
    .then(call)
    .then(
      () => {},
      () => {},
    );
}
