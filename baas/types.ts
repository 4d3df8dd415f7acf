import type { FailureKind, RawFailure } from '../ports/failure.js';

/** Who somebody is, as the documented calls tell it. Baidu's tell of no unionid. */
export interface BaasIdentity {
  id: number;
  openid: string;
  unionid?: string;
}

/** What every call rejects with, but for the refusal of `handleUserInfo`. */
export interface BaasError extends Error, Partial<BaasIdentity> {
  /** The documented number: 400, 401, 404, 600 to 605, 611, 612, 616; 429, 500 and 503 as the server says them. */
  code: number;
  /** The reason in denglu's words, which tell apart what one number does not. */
  failure: FailureKind;
  /** How long to wait before trying again, in milliseconds. */
  retryAfter?: number;
  /** What the host or the server said, as far as it explains the reason. */
  raw?: RawFailure;
}

/** What of the user's own fields a profile may replace. The documentation says `false`, and calls it a text: both are good. */
export type SyncUserProfile = 'overwrite' | 'setnx' | 'false' | false;

export interface LoginOptions {
  /** Whether a user is made where there is none. Default `true`; if not, the call rejects with 404. */
  createUser?: boolean;
  /** Whether a user of the same person in another app counts. Default `false`. */
  withUnionID?: boolean;
  /** For the event of a phone button: a login code that the app has fetched before the sheet opened. */
  code?: string;
  /** For the event of a `getUserInfo` button. Default `setnx`. */
  syncUserProfile?: SyncUserProfile;
}

export interface UpdateUserInfoOptions {
  /** A login code that the app has fetched beside `getUserProfile`; wanted where profiles are signed (W-06). */
  code?: string;
  /** Default `setnx`. */
  syncUserProfile?: SyncUserProfile;
}

/** A name and a password: one name of the three. */
export interface PasswordOptions {
  username?: string;
  email?: string;
  phone?: string;
  password: string;
}

export interface AccountOptions {
  username?: string;
  email?: string;
  phone?: string;
  /** The password to set; with `newPassword`, the one that there is. */
  password?: string;
  newPassword?: string;
}

/** A user's own fields: plain data. A name or a time that is not known is `null`. */
export interface BaasUserData {
  id: number;
  user_id: number;
  openid: string;
  unionid?: string;
  nickname: string | null;
  avatar: string | null;
  /** 0 unknown, 1 male, 2 female. */
  gender: number;
  /** A place that is not known is empty. */
  country: string;
  province: string;
  city: string;
  /** In which the place is named, as `zh_CN`. */
  language: string;
  /** Whether a name or a picture is known. */
  is_authorized: boolean;
  /** When the user was made, in **seconds** since the epoch, as documented. */
  created_at: number | null;
  _anonymous: boolean;
  _username: string | null;
  _email: string | null;
  _email_verified: boolean;
  _phone: string | null;
  _phone_verified: boolean;
  /** When the session ends, in milliseconds since the epoch. */
  session_expires_at: number;
}

/** Whoever signed in. Its fields are as they were told then; its calls reject with 604 once somebody else is signed in. */
export interface BaasUser extends BaasUserData, BaasUserCalls {}

export interface BaasUserCalls {
  get(field: string): unknown;
  toJSON(): BaasUserData;
  /** Before 3.18 with what `getUserInfo` told; the event is good, too. */
  linkWechat(options?: LinkOptions | object, more?: LinkOptions): Promise<BaasLinked>;
  /** Before 3.19.1 with what `getUserInfo` told; the event is good, too. */
  linkBaidu(data?: object | null, options?: LinkOptions): Promise<BaasLinked>;
  setUsername(username: string): Promise<BaasUser>;
  setEmail(email: string): Promise<BaasUser>;
  setMobilePhone(phone: string): Promise<BaasUser>;
  updatePassword(passwords: { password?: string; newPassword: string }): Promise<BaasUser>;
  setAccount(account: AccountOptions): Promise<BaasUser>;
}

export interface LinkOptions {
  withUnionID?: boolean;
  syncUserProfile?: SyncUserProfile;
}

export interface BaasLinked {
  statusCode: 200;
  data: { status: 'ok'; message: 'User associated.'; openid: string; unionid?: string; user_id: number };
}

/** What the calls of SDK 1 answer. */
export interface LegacySession extends BaasIdentity {
  /** When the session ends, in milliseconds since the epoch. */
  session_expires_at: number;
}

/** The same, and what the host told of the person. */
export interface LegacyUserInfo extends LegacySession {
  avatarUrl: string;
  city: string;
  country: string;
  gender: number;
  language: string;
  nickName: string;
  province: string;
}

export interface BaasAuth {
  /**
   * Signs in by the account of WeChat: silently; with the event of a phone button, by the number; with the event of a
   * `getUserInfo` button, with the profile. But for the number, whoever is signed in already stays so, and is the answer.
   */
  loginWithWechat(data?: object | null, options?: LoginOptions): Promise<BaasUser>;
  /** The same on Baidu: silently, or with the event of a `getUserInfo` button. */
  loginWithBaidu(data?: object | null, options?: LoginOptions): Promise<BaasUser>;
  /**
   * Keeps what `getUserProfile` told, or on Baidu the event of a `getUserInfo` button, which needs no code. Rejects with 616
   * where the server lets no client do so, which is its default.
   */
  updateUserInfo(data: object, options?: UpdateUserInfoOptions): Promise<BaasUser>;
  /** Keeps the number of a phone button's event. Rejects with 400 where another one is not to be replaced. */
  updatePhoneNumber(data: object, options?: { overwrite?: boolean }): Promise<BaasUser>;
  login(options: PasswordOptions): Promise<BaasUser>;
  register(options: PasswordOptions): Promise<BaasUser>;
  anonymousLogin(): Promise<BaasUser>;
  loginWithSmsVerificationCode(phone: string, code: string, options?: { createUser?: boolean }): Promise<BaasUser>;
  requestPasswordReset(options: { email: string }): Promise<void>;
  /** Whoever is signed in, as the server knows them now. */
  getCurrentUser(): Promise<BaasUser>;
  /** Forgets the session at once, whatever the server says. */
  logout(): Promise<void>;
}
