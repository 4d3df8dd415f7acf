/** One person in one app. */
export interface Account {
  readonly appId: string;
  readonly personId: string;
}

/** What an app may ask of a person, by its open-type or its API. */
export const ABILITIES = [
  'getPhoneNumber',
  'getRealtimePhoneNumber',
  'getUserProfile',
  'getUserInfo',
  'chooseAvatar',
] as const;
export type Ability = (typeof ABILITIES)[number];

/** The APIs that are limited in calls a second (W-03), besides those that the cloud itself answers. */
export const COUNTED_APIS = ['getSetting', 'getUserInfo', 'getUserProfile'] as const;
export type CountedApi = (typeof COUNTED_APIS)[number];

/** A phone number that a person has given to an app (W-13). */
export interface GivenPhone {
  readonly encryptedData: string;
  readonly iv: string;
  /** For getuserphonenumber (S-03); no login code. */
  readonly code: string;
}

export interface ProfileWish {
  /** 微信用户 and the grey avatar, instead of who it is (W-08). */
  readonly anonymous: boolean;
  /** Whether the sealed part tells openId and unionId: that of getUserInfo does, that of getUserProfile does not. */
  readonly withIds: boolean;
  readonly lang: string;
}

export interface UserInfo {
  readonly nickName: string;
  readonly gender: number;
  readonly language: string;
  readonly city: string;
  readonly province: string;
  readonly country: string;
  readonly avatarUrl: string;
}

/** A profile that a person has given to an app, signed and sealed (S-04). */
export interface GivenProfile {
  readonly userInfo: UserInfo;
  readonly rawData: string;
  readonly signature: string;
  readonly encryptedData: string;
  readonly iv: string;
}

/** What a device needs of WeChat's cloud, near (`world.wechat`) or far (`remoteCloud`). */
export interface WechatCloud {
  /**
   * A fresh login code. From now on its session key is the account's only valid one (W-04).
   *
   * @throws Refusal 45009 over four calls a second (W-03), 40013 for an unknown app, 40003 for an unknown person
   */
  issueCode(account: Account): Promise<string>;

  /**
   * Whether the key of the last code is still valid (W-05).
   *
   * @throws Refusal 45009 over four calls a second (W-03), 40013 for an unknown app, 40003 for an unknown person
   */
  checkSession(account: Account): Promise<boolean>;

  /**
   * Counts a call of an API that the device answers by itself.
   *
   * @throws Refusal 45009 over four calls a second (W-03), 40013 for an unknown app, 40003 for an unknown person
   */
  countCall(account: Account, api: CountedApi): Promise<void>;

  /**
   * Whether the app may ask the person for this.
   *
   * @throws AbilityRefusal with the number or the words of W-14
   * @throws Refusal 40013 for an unknown app, 40003 for an unknown person
   */
  checkAbility(account: Account, ability: Ability): Promise<void>;

  /**
   * The person's phone number, sealed with the session key that is valid now.
   *
   * @throws AbilityRefusal, Refusal as {@link WechatCloud.checkAbility}
   */
  givePhone(account: Account, ability: Ability): Promise<GivenPhone>;

  /**
   * The person's profile, signed and sealed with the session key that is valid now.
   *
   * @throws Refusal 40013 for an unknown app, 40003 for an unknown person
   */
  giveProfile(account: Account, wish: ProfileWish): Promise<GivenProfile>;
}

/** WeChat says no, with its number for why. */
export class Refusal extends Error {
  readonly errcode: number;

  constructor(errcode: number, errmsg: string) {
    super(errmsg);
    this.name = 'Refusal';
    this.errcode = errcode;
  }
}

/** The app may not use an ability. Some reasons have no number (W-14). */
export class AbilityRefusal extends Error {
  readonly errno: number | undefined;

  constructor(message: string, errno?: number) {
    super(message);
    this.name = 'AbilityRefusal';
    this.errno = errno;
  }
}
