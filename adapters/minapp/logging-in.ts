import type { CallAlone, OwnCall } from './calling-alone.js';
import type { KeptSession } from './kept.js';

export interface Login<T> {
  /** What the SDK answers. */
  readonly answer: Promise<T>;
  /** The token that has come of it, while the SDK keeps that one. */
  token(): string | null;
  /** Ends what has come of it, and lets the SDK keep what it kept before, unless the app itself has changed that. */
  undo(): void;
}

export type LogIn = <T>(isOwn: OwnCall['isOwn'], login: () => PromiseLike<T>) => Login<T>;

/**
 * Logins of the SDK from which there is a way back. While one is under way the app may sign out, or in, by the SDK
 * itself: then no session comes of the login, since the app's doing is the later one.
 *
 * @param end ends the session of a token
 */
export function loggingIn(kept: KeptSession, callAlone: CallAlone, end: (token: string) => void): LogIn {
  return (isOwn, login) => {
    const before = kept.token();
    const putBack = kept.remember();
    let brought: string | null = null;
    kept.distrust();
    return {
      answer: callAlone(
        {
          isOwn,
          isWelcome: () => kept.token() === before,
          onToken: (token) => {
            brought = token;
          },
        },
        login,
      ),
      token: () => (kept.token() === brought ? brought : null),
      undo() {
        const now = kept.token();
        if (now === before || (brought !== null && now === brought)) putBack();
        if (brought !== null && brought !== before) end(brought);
      },
    };
  };
}
