import type { Callbacks, Caller } from '../host/caller.js';
import { HostFailure } from '../host/host-failure.js';
import type { Sheets } from '../host/sheets.js';
import { isSince } from '../host/versions.js';
import type { BaiduLine } from './cloud-line.js';
import type { SwanCallName, SwanQuestion } from './host-object.js';
import { type LoginState, NOT_SIGNED_IN, notSignedIn } from './login-state.js';

interface Parts {
  line: BaiduLine;
  caller: Caller<SwanCallName>;
  sheets: Sheets<SwanQuestion>;
  login: LoginState;
  baseLibrary: string;
  /** Whether somebody who is not signed in is shown the panel by the call itself. */
  asksToSignIn: boolean;
  /** How the host tells 10004 beside a success (B-01). */
  errCodeAs: 'number' | 'text';
}

/** The first with the new dialect of `checkSession` (B-03). */
const FAILS_SINCE = '3.120.9';

/** `swan.getLoginCode`, `swan.isLoginSync` and `swan.checkSession` (B-01 to B-03). */
export function createSessionApis(parts: Parts) {
  const { line, caller, sheets, login, baseLibrary, asksToSignIn, errCodeAs } = parts;
  const isOld = !isSince(baseLibrary, FAILS_SINCE);
  return {
    later: {
      getLoginCode(option: Callbacks & { timeout?: number } = {}) {
        caller.call({
          api: 'getLoginCode',
          callbacks: option,
          timeout: option.timeout,
          async work() {
            if (asksToSignIn) await login.signIn(sheets.make('login'));
            if (login.signedIn) return { code: await line.ask((cloud, account) => cloud.issueCode(account)) };
            const errCode = errCodeAs === 'text' ? String(NOT_SIGNED_IN) : NOT_SIGNED_IN;
            return { errCode, errMsg: 'user not login' };
          },
        });
      },

      checkSession(option: Callbacks = {}) {
        caller.call({
          api: 'checkSession',
          callbacks: option,
          async work() {
            if (!login.signedIn) throw notSignedIn();
            const isValid = await line.ask((cloud, account) => cloud.checkSession(account));
            if (!isValid && !isOld) throw new HostFailure('session key is invalid');
            return isOld ? { result: isValid } : {};
          },
        });
      },
    },
    atOnce: { isLoginSync: () => ({ isLogin: login.signedIn }) },
  };
}
