import type { Clock } from '../../ports/clock.js';
import type { Person } from '../people.js';
import { type Random, randomBase64 } from '../random.js';
import type { AccountRecord } from './accounts.js';
import type { GivenProfile, ProfileWish, UserInfo } from './cloud-port.js';
import { encryptOpenData, signRawData } from './sealing.js';

/** What the open API and the sealed data tell of a phone number. */
export interface PhoneInfo {
  readonly phoneNumber: string;
  readonly purePhoneNumber: string;
  readonly countryCode: string;
}

/** What WeChat tells apps of people, sealed with the account's session key of this moment (S-04). */
export interface OpenData {
  phoneInfo(person: Person): PhoneInfo;
  watermark(appId: string): { readonly timestamp: number; readonly appid: string };
  sealPhone(account: AccountRecord, person: Person): { readonly encryptedData: string; readonly iv: string };
  sealProfile(account: AccountRecord, person: Person, wish: ProfileWish): GivenProfile;
}

export function createOpenData(clock: Clock, random: Random): OpenData {
  const newKey = () => randomBase64(random, 16);

  const seal = (data: object, sessionKey: string) => {
    const iv = newKey();
    return { encryptedData: encryptOpenData(JSON.stringify(data), sessionKey, iv), iv };
  };

  /** Without a valid key the host still seals: with one that no server ever gets. */
  const keyOf = ({ sessionKey }: AccountRecord) => sessionKey ?? newKey();

  const openData: OpenData = {
    phoneInfo: ({ phoneNumber, countryCode }) => ({
      phoneNumber: countryCode === '86' ? phoneNumber : `+${countryCode}${phoneNumber}`,
      purePhoneNumber: phoneNumber,
      countryCode,
    }),
    watermark: (appid) => ({ timestamp: Math.floor(clock.now() / 1000), appid }),
    sealPhone(account, person) {
      const data = { ...openData.phoneInfo(person), watermark: openData.watermark(account.appId) };
      return seal(data, keyOf(account));
    },
    sealProfile(account, person, { anonymous, withIds, lang }) {
      const { openid, unionid, appId } = account;
      const userInfo = anonymous ? STAND_IN : userInfoOf(person, lang);
      const rawData = JSON.stringify(userInfo);
      const sessionKey = keyOf(account);
      const data = {
        ...(withIds && { openId: openid }),
        ...userInfo,
        ...(withIds && unionid !== undefined && { unionId: unionid }),
        watermark: openData.watermark(appId),
      };
      return { userInfo, rawData, signature: signRawData(rawData, sessionKey), ...seal(data, sessionKey) };
    },
  };
  return openData;
}

/** W-08. */
export const STAND_IN: UserInfo = {
  nickName: '微信用户',
  gender: 0,
  language: '',
  city: '',
  province: '',
  country: '',
  avatarUrl:
    'https://thirdwx.qlogo.cn/mmopen/vi_32/POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/132',
};

function userInfoOf({ nickname, gender, city, province, country, avatarUrl }: Person, language: string): UserInfo {
  return { nickName: nickname, gender, language, city, province, country, avatarUrl };
}
