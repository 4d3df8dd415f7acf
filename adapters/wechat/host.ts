/// <reference types="miniprogram-api-typings" preserve="true" />
import { Failure } from '../../ports/failure.js';

type Wx = WechatMiniprogram.Wx;

/** What of `wx` is used. Older base libraries lack the optional ones. */
export type WechatHost = Pick<
  Wx,
  'login' | 'checkSession' | 'request' | 'getStorageSync' | 'setStorageSync' | 'removeStorageSync'
> &
  Partial<
    Pick<
      Wx,
      | 'onAppShow'
      | 'offAppShow'
      | 'onNetworkStatusChange'
      | 'offNetworkStatusChange'
      | 'canIUse'
      | 'getAppBaseInfo'
      | 'getSystemInfoSync'
      | 'getUserProfile'
      | 'getUserInfo'
      | 'getSetting'
      | 'uploadFile'
      | 'getPrivacySetting'
      | 'openPrivacyContract'
    >
  > &
  Partial<PrivacyHost>;

interface PrivacyHost {
  /** What the listener gets is a function (W-16); the typings take it for an object. */
  onNeedPrivacyAuthorization(listener: (resolve: unknown) => void): void;
}

/** The host's global object. */
export function globalHost(): WechatHost {
  if (typeof wx === 'undefined') {
    throw new Failure('unsupported', { message: 'There is no wx here: wechat() runs in a WeChat mini-program.' });
  }
  return wx;
}
