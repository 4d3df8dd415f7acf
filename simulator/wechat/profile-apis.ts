import type { Callbacks, Caller } from '../host/caller.js';
import { HostFailure } from '../host/host-failure.js';
import type { Sheets } from '../host/sheets.js';
import { isSince } from '../host/versions.js';
import type { CloudLine } from './cloud-line.js';
import type { Consent } from './consent.js';
import type { HostCallName } from './host-object.js';
import type { Lang, Profiles } from './profiles.js';
import type { Question } from './question.js';

/** What the person has answered so far, by scope (W-18). */
export type AuthSetting = Map<'scope.userInfo', boolean>;

interface Parts {
  line: CloudLine;
  caller: Caller<HostCallName>;
  consent: Consent;
  sheets: Sheets<Question>;
  profiles: Profiles;
  authSetting: AuthSetting;
  baseLibrary: string;
  isInGesture(): boolean;
}

/** `wx.getUserProfile`, `wx.getUserInfo` and `wx.getSetting` (W-06, W-08, W-09, W-18). */
export function createProfileApis(parts: Parts) {
  const { line, caller, consent, sheets, profiles, authSetting, baseLibrary, isInGesture } = parts;

  return {
    getUserProfile(option: Callbacks & { desc?: string; lang?: Lang } = {}) {
      const startedInGesture = isInGesture();
      const { desc, lang = 'en' } = option;

      const work = async () => {
        if (!startedInGesture) throw new HostFailure('can only be invoked by user TAP gesture.');
        if (typeof desc !== 'string' || desc === '' || desc.length > MAX_DESC) {
          throw new HostFailure('desc length does not meet the requirements');
        }
        await line.ask((cloud, account) => cloud.countCall(account, 'getUserProfile'));
        await consent.permit('getUserProfile', 'getUserProfile');
        if (!profiles.isAnonymous && (await sheets.make('getUserProfile').open()).answer !== 'allow') {
          throw new HostFailure('auth deny');
        }
        const { userInfo, ...sealed } = await profiles.userProfile(lang);
        return isSince(baseLibrary, '2.16.0') ? { userInfo, ...sealed } : { userInfo };
      };
      caller.call({ api: 'getUserProfile', callbacks: option, work });
    },

    getUserInfo(option: Callbacks & { withCredentials?: boolean; lang?: Lang } = {}) {
      const { withCredentials = false, lang = 'en' } = option;
      const work = async () => {
        await line.ask((cloud, account) => cloud.countCall(account, 'getUserInfo'));
        await consent.permit('getUserInfo', 'getUserInfo');
        const isAuthorized = authSetting.get('scope.userInfo');
        if (!profiles.isInfoAnonymous && !isAuthorized) {
          throw new HostFailure(isAuthorized === false ? 'auth deny' : 'scope unauthorized');
        }
        const { encryptedData, iv, ...open } = await profiles.userInfo(lang);
        return withCredentials ? { ...open, encryptedData, iv } : open;
      };
      caller.call({ api: 'getUserInfo', callbacks: option, work });
    },

    getSetting(option: Callbacks = {}) {
      const work = async () => {
        await line.ask((cloud, account) => cloud.countCall(account, 'getSetting'));
        return { authSetting: Object.fromEntries(authSetting) };
      };
      caller.call({ api: 'getSetting', callbacks: option, work });
    },
  };
}

/** Characters (W-06). */
const MAX_DESC = 30;
