import type { Callbacks, Caller } from '../host/caller.js';
import { HostFailure } from '../host/host-failure.js';
import type { Sheets } from '../host/sheets.js';
import type { BaiduLine } from './cloud-line.js';
import type { BaiduUserInfo } from './cloud-port.js';
import type { Consents } from './consents.js';
import type { SwanCallName, SwanQuestion } from './host-object.js';
import type { LoginState } from './login-state.js';

interface Parts {
  line: BaiduLine;
  caller: Caller<SwanCallName>;
  sheets: Sheets<SwanQuestion>;
  consents: Consents;
  login: LoginState;
}

/** `swan.getUserInfo` and `swan.getSetting` (B-05, B-07). */
export function createProfileApis({ line, caller, sheets, consents, login }: Parts) {
  return {
    getUserInfo(option: Callbacks = {}) {
      const work = async () => {
        await line.ask((cloud, account) => cloud.checkAbility(account, 'getUserInfo'));
        if (!login.signedIn) return { userInfo: MOCK_USER };
        if (!consents.answer('getUserInfo')) {
          try {
            await consents.ask(sheets.make('getUserInfo'), 'getUserInfo');
          } catch (error) {
            if (error instanceof HostFailure) return { userInfo: MOCK_USER };
            throw error;
          }
        }
        return line.ask((cloud, account) => cloud.giveProfile(account));
      };
      caller.call({ api: 'getUserInfo', callbacks: option, work });
    },

    getSetting(option: Callbacks = {}) {
      const work = async () => {
        const told = SCOPES.flatMap(([scope, question]) => {
          const answer = consents.answer(question);
          return answer === undefined ? [] : [[scope, answer]];
        });
        return { authSetting: Object.fromEntries(told) };
      };
      caller.call({ api: 'getSetting', callbacks: option, work });
    },
  };
}

const SCOPES = [
  ['scope.userInfo', 'getUserInfo'],
  ['scope.mobile', 'getPhoneNumber'],
] as const;

/** B-05: who the host tells of where it tells of nobody. */
export const MOCK_USER: BaiduUserInfo = {
  nickName: '百度网友',
  avatarUrl: 'https://himg.bdimg.com/sys/portrait/item/default.jpg',
  gender: 0,
};
