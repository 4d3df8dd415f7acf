import { Failure } from '../../ports/failure.js';
import type { Platform } from '../../ports/platform.js';
import type { HostProfile, SignedProfile } from '../../ports/profile.js';
import { secret } from '../../ports/secret.js';
import { fieldIn, textIn } from '../host/fields.js';
import { toldDetails } from '../host/told-details.js';
import { ask, tell } from './calls.js';
import { lacking, refusalIn } from './failures.js';
import type { WechatHost } from './host.js';

type ProfileMembers = Pick<Platform, 'getUserProfile' | 'getUserInfo' | 'readUserInfo' | 'isUserInfoAllowed'>;

/** How a person's profile is had (W-06, W-08, W-18). */
export function profileMembers(host: WechatHost): ProfileMembers {
  return {
    getUserProfile: ({ desc, lang }) =>
      ask<HostProfile>((answer, fail) => {
        if (!host.getUserProfile) throw lacking('getUserProfile');
        // The host would say so only after the tap is spent.
        if (desc.trim() === '' || desc.length > MAX_DESC) throw wrongDesc(desc);
        host.getUserProfile({ desc, lang, success: (result) => tell(() => readProfile(result), answer, fail), fail });
      }, 'profile'),

    getUserInfo: ({ lang }) =>
      ask<HostProfile>((answer, fail) => {
        if (!host.getUserInfo) throw lacking('getUserInfo');
        const success = (result: unknown) => tell(() => readProfile(result), answer, fail);
        host.getUserInfo({ withCredentials: true, lang, success, fail });
      }, 'profile'),

    readUserInfo(detail) {
      const refusal = refusalIn(detail, 'profile');
      if (refusal) throw refusal;
      return readProfile(detail);
    },

    isUserInfoAllowed: () =>
      ask<boolean>((answer, fail) => {
        if (!host.getSetting) throw lacking('getSetting');
        const success = (result: unknown) => answer(fieldIn(fieldIn(result, 'authSetting'), 'scope.userInfo') === true);
        host.getSetting({ success, fail });
      }),
  };
}

/** Characters (W-06). */
const MAX_DESC = 30;

function wrongDesc(desc: string): Failure {
  const message = `desc has to tell in at most ${MAX_DESC} characters what the profile is for: "${desc}"`;
  return new Failure('misconfigured', { message });
}

function readProfile(result: unknown): HostProfile {
  const userInfo = fieldIn(result, 'userInfo');
  if (typeof userInfo !== 'object' || userInfo === null) {
    throw new Failure('unknown', { message: 'WeChat said yes, and gave no profile.', raw: result });
  }
  return {
    nickname: textIn(userInfo, 'nickName'),
    avatarUrl: textIn(userInfo, 'avatarUrl'),
    details: toldDetails(userInfo),
    isAnonymous: isStandIn(userInfo),
    signed: readSigned(result),
  };
}

function readSigned(result: unknown): SignedProfile | null {
  const [rawData, signature] = [textIn(result, 'rawData'), textIn(result, 'signature')];
  const [encryptedData, iv] = [textIn(result, 'encryptedData'), textIn(result, 'iv')];
  const isWhole = rawData && signature && encryptedData && iv;
  return isWhole ? { rawData, signature, encryptedData: secret(encryptedData), iv } : null;
}

/**
 * W-08: the name of the stand-in, and nothing beside it that tells of a person. Somebody may really be called so: then
 * a picture of their own comes with a gender or a place.
 */
function isStandIn(userInfo: object): boolean {
  if (textIn(userInfo, 'nickName') !== '微信用户') return false;
  const avatarUrl = textIn(userInfo, 'avatarUrl');
  const isGrey = avatarUrl === '' || GREY_AVATARS.some((picture) => avatarUrl.includes(picture));
  const hasGender = fieldIn(userInfo, 'gender') === 1 || fieldIn(userInfo, 'gender') === 2;
  const hasPlace = ['city', 'province', 'country'].some((name) => textIn(userInfo, name) !== '');
  return isGrey || !(hasGender || hasPlace);
}

/** What the addresses of the grey avatar have in common, whatever their size: of the app itself, and of plugins. */
const GREY_AVATARS = [
  'POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg',
  'icTdbqWNOwNRna42FI242Lcia07jQodd2FJGIYQfG0LAJGFxM4FbnQP6yfMxBgJ0F3YRqJCJ1aPAK2dQagdusBZg',
];
