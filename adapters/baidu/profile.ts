import { Failure } from '../../ports/failure.js';
import type { Platform } from '../../ports/platform.js';
import type { HostProfile } from '../../ports/profile.js';
import { fieldIn, textIn } from '../host/fields.js';
import { toldDetails } from '../host/told-details.js';
import { ask, tell } from './calls.js';
import { lacking, refusalIn } from './failures.js';
import { sealIn } from './seal.js';
import { isSignedOut, signedOut } from './session.js';
import type { SwanHost } from './swan.js';

type ProfileMembers = Pick<Platform, 'getUserProfile' | 'getUserInfo' | 'readUserInfo' | 'isUserInfoAllowed'>;

/** How a person's profile is had: by the button, and then by the call (B-05). It knows no languages. */
export function profileMembers(host: SwanHost): ProfileMembers {
  /**
   * B-05: to whoever refused, or is signed out, the host tells of its mock user, and calls that a success. Without an iv it
   * is nobody.
   */
  function readProfile(told: unknown): HostProfile {
    const userInfo = fieldIn(told, 'userInfo');
    if (typeof userInfo !== 'object' || userInfo === null) {
      throw new Failure('unknown', { message: 'Baidu said yes, and gave no profile.', raw: told });
    }
    const signed = sealIn(told);
    if (!signed) {
      if (isSignedOut(host)) throw signedOut(told);
      throw new Failure('denied', { message: 'Baidu told of its mock user, and of nobody else.', raw: told });
    }
    const [nickname, avatarUrl] = [textIn(userInfo, 'nickName'), textIn(userInfo, 'avatarUrl')];
    return { nickname, avatarUrl, details: toldDetails(userInfo), isAnonymous: false, signed };
  }

  return {
    getUserProfile: () =>
      ask<HostProfile>(() => {
        throw lacking('getUserProfile');
      }),

    getUserInfo: () =>
      ask<HostProfile>((answer, fail) => {
        if (!host.getUserInfo) throw lacking('getUserInfo');
        host.getUserInfo({ success: (told) => tell(() => readProfile(told), answer, fail), fail });
      }),

    readUserInfo(detail) {
      const refusal = refusalIn(detail);
      if (refusal) throw refusal;
      return readProfile(detail);
    },

    isUserInfoAllowed: () =>
      ask<boolean>((answer, fail) => {
        if (!host.getSetting) throw lacking('getSetting');
        const success = (told: unknown) => answer(fieldIn(fieldIn(told, 'authSetting'), 'scope.userInfo') === true);
        host.getSetting({ success, fail });
      }),
  };
}
