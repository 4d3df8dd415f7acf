import type { Session } from '../../ports/backend.js';
import { Failure } from '../../ports/failure.js';
import { secret } from '../../ports/secret.js';
import { readUser } from './answers.js';
import type { OwnCall } from './calling-alone.js';
import { type Kinds, readError } from './failures.js';
import type { KeptSession } from './kept.js';
import type { LogIn } from './logging-in.js';
import type { SdkUser } from './sdk.js';
import type { TakeTurn } from './turns.js';

export interface EnterOptions {
  isOwn: OwnCall['isOwn'];
  /** What the codes of the SDK mean to this login. */
  kinds: Kinds;
  /** The only user who may come of it (G-06). */
  expectedUserId?: string | null;
  /** A session that makes the login needless. */
  standing?: () => PromiseLike<Session | null>;
}

/**
 * Logins of the SDK, all or nothing: one that fails, or that nobody waits for any more, leaves the session that was kept
 * before, whatever the SDK has stored meanwhile.
 */
export function entering(kept: KeptSession, logIn: LogIn, takeTurn: TakeTurn) {
  return (login: () => PromiseLike<SdkUser>, options: EnterOptions): Promise<Session> => {
    const { isOwn, kinds, expectedUserId = null, standing = () => Promise.resolve(null) } = options;
    let leave = () => {};

    function enter(): Promise<Session> {
      const { answer, token, undo } = logIn(isOwn, login);
      leave = undo;
      return answer
        .then((entered) => {
          const user = readUser(entered);
          if (expectedUserId !== null && user.id !== expectedUserId) throw new Failure('account-changed');
          const brought = token();
          if (brought === null) {
            throw new Failure('account-changed', { message: 'The SDK does not keep what came of the login.' });
          }
          kept.claim();
          return { user, token: secret(brought), expiresAt: kept.expiresAt() };
        })
        .then(undefined, (error: unknown) => {
          undo();
          throw readError(error, kinds);
        });
    }

    return takeTurn(
      () => standing().then((session) => session ?? enter()),
      () => {
        leave();
        return Promise.resolve();
      },
    );
  };
}
