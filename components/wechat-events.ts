import type { ComponentEvent } from './event.js';

/**
 * What WeChat's own buttons and inputs tell, by the event's name, where `miniprogram-api-typings` says nothing of it or
 * says too little (W-22). It is what is documented: hosts tell other things too, so whoever depends on it looks twice.
 */
export interface WechatNativeEvents {
  /** `<button open-type="chooseAvatar">`, since 2.21.2. Neither a cancelled nor a rejected picture is told (W-11). */
  chooseavatar: {
    /** A temporary path: upload it, and show it to nobody else (G-22). */
    avatarUrl: string;
  };
  /** `<button open-type="getPhoneNumber">`, since 1.2.0 (W-13). */
  getphonenumber: PhoneNumberDetail;
  /** `<button open-type="getRealtimePhoneNumber">`, since 2.24.4 (W-15). */
  getrealtimephonenumber: PhoneNumberDetail;
  /** `<button open-type="agreePrivacyAuthorization">`, since 2.32.3: the tap itself, and nothing more (W-16). */
  agreeprivacyauthorization: Record<never, never>;
  /** `<input type="nickname">`, since 2.24.4: after it was left, its name was reviewed (W-12). */
  nicknamereview: {
    /** Whether the name may be used. */
    pass: boolean;
    /** Whether the review took too long, and says nothing of the name. */
    timeout: boolean;
  };
}

/** A person's number, or why there is none: a refusal has neither code nor cipher text (W-14). */
export interface PhoneNumberDetail {
  /** `getPhoneNumber:ok`, or a refusal in one of many wordings (G-11). */
  errMsg: string;
  /** The refusal's number, where the host gives one. */
  errno?: number;
  /** For the server, once, within 5 minutes; it is not the login's code. Since 2.21.2 (W-13). */
  code?: string;
  /** For the server, sealed with the session key (G-03). */
  encryptedData?: string;
  iv?: string;
  /** The same, for cloud functions; since 2.7.0. */
  cloudID?: string;
}

/** What a handler of WeChat's own button or input is given, by the event's name: `WechatNativeEvent<'chooseavatar'>`. */
export type WechatNativeEvent<Name extends keyof WechatNativeEvents> = ComponentEvent<WechatNativeEvents[Name]>;
