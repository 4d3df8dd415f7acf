/** One person in one app. */
export interface Account {
  readonly appId: string;
  readonly personId: string;
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
