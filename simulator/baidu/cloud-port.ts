/** One person in one app. */
export interface BaiduAccount {
  /** The App Key, not the App ID: it is the `client_id` of B-08, and stands at the end of what is sealed (B-09). */
  readonly appKey: string;
  readonly personId: string;
}

/** What an app may ask of a person. */
export type BaiduAbility = 'getPhoneNumber' | 'getUserInfo';

/** What Baidu sealed with the session key of that moment (B-09), both in base64. */
export interface SealedByBaidu {
  readonly data: string;
  readonly iv: string;
}

export interface BaiduUserInfo {
  readonly nickName: string;
  readonly avatarUrl: string;
  /** 0 unknown, 1 male, 2 female. */
  readonly gender: number;
}

export interface GivenBaiduProfile extends SealedByBaidu {
  readonly userInfo: BaiduUserInfo;
}

/** What a device needs of Baidu's cloud: `world.baidu`. */
export interface BaiduCloud {
  /**
   * A fresh login code. From now on its session key is the account's only valid one.
   *
   * @throws BaiduRefusal 10001 for an unknown app or person
   */
  issueCode(account: BaiduAccount): Promise<string>;

  /** Whether the key of the last code is still valid. */
  checkSession(account: BaiduAccount): Promise<boolean>;

  /**
   * Whether the app may ask the person for this.
   *
   * @throws BaiduRefusal 10005 where it may not
   */
  checkAbility(account: BaiduAccount, ability: BaiduAbility): Promise<void>;

  /** The person's phone number, sealed with the session key that is valid now. */
  givePhone(account: BaiduAccount): Promise<SealedByBaidu>;

  /** The person's profile, and the same sealed with the session key that is valid now. */
  giveProfile(account: BaiduAccount): Promise<GivenBaiduProfile>;
}

/** Baidu says no, with its number for why (B-04). */
export class BaiduRefusal extends Error {
  readonly errCode: number;

  constructor(errCode: number, message: string) {
    super(message);
    this.name = 'BaiduRefusal';
    this.errCode = errCode;
  }
}
