import type { Secret } from '../../ports/secret.js';
import { keptSession } from './kept.js';
import { lendCode } from './lend-code.js';
import type { MinappSdk } from './sdk.js';

/**
 * Lets the server have the session key of a code, for a call that the SDK sends without one (G-03): it logs in by that
 * code, and goes back to the session that it kept. What it gets on the way is ended.
 *
 * @param end ends the session of a token
 */
export function renewKey(sdk: MinappSdk, code: Secret, end: (token: string) => PromiseLike<unknown>): Promise<void> {
  const kept = keptSession(sdk);
  const before = kept.token();
  const putBack = kept.remember();
  kept.distrust();
  const goBack = () => {
    const token = kept.token();
    putBack();
    return token === null || token === before ? Promise.resolve() : end(token);
  };
  return lendCode(sdk, code, () => sdk.auth.loginWithWechat(null, { createUser: false, withUnionID: false })).then(
    () => Promise.resolve(goBack()).then(() => {}),
    (error: unknown) =>
      Promise.resolve(goBack()).then(() => {
        throw error;
      }),
  );
}
