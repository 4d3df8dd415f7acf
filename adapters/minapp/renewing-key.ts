import type { Secret } from '../../ports/secret.js';
import { lendCode } from './lend-code.js';
import type { LogIn } from './logging-in.js';
import type { MinappSdk } from './sdk.js';

export type RenewKey = (code: Secret) => Promise<void>;

/**
 * Lets the server have the session key of a code, for a call that the SDK sends without one (G-03): it logs in by that
 * code, and goes back to the session that it kept.
 */
export function renewingKey(sdk: MinappSdk, logIn: LogIn): RenewKey {
  return (code) => {
    const login = logIn(
      (data) => data.code === code.reveal(),
      () => lendCode(sdk, code, () => sdk.auth.loginWithWechat(null, { createUser: false, withUnionID: false })),
    );
    return login.answer.then(
      () => login.undo(),
      (error: unknown) => {
        login.undo();
        throw error;
      },
    );
  };
}
