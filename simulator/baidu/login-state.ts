import { HostFailure } from '../host/host-failure.js';
import type { AskedSheet } from '../host/sheets.js';
import type { SwanQuestion } from './host-object.js';

/** Whether the person is signed in to the Baidu app itself. */
export interface LoginState {
  signedIn: boolean;
  /**
   * Shows the sign-in panel, and waits for the person.
   *
   * @throws HostFailure 10004 where they leave it (B-04)
   */
  signIn(asked: AskedSheet<SwanQuestion>): Promise<void>;
}

export const NOT_SIGNED_IN = 10004;

export function createLoginState(signedIn: boolean): LoginState {
  const state: LoginState = {
    signedIn,
    async signIn(asked) {
      if (!state.signedIn) state.signedIn = (await asked.open()).answer === 'allow';
      if (!state.signedIn) throw notSignedIn();
    },
  };
  return state;
}

export function notSignedIn(): HostFailure {
  return new HostFailure('user not login', { errCode: NOT_SIGNED_IN });
}
