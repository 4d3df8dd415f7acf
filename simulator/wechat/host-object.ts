/// <reference types="miniprogram-api-typings" preserve="true" />
/** The part of `wx` that the simulator has. As on a phone, what is newer than the base library is absent at run time. */
export type WechatHost = Pick<
  WechatMiniprogram.Wx,
  | 'login'
  | 'checkSession'
  | 'request'
  | 'getStorage'
  | 'setStorage'
  | 'removeStorage'
  | 'clearStorage'
  | 'getStorageSync'
  | 'setStorageSync'
  | 'removeStorageSync'
  | 'clearStorageSync'
  | 'getAccountInfoSync'
  | 'getAppBaseInfo'
  | 'getSystemInfoSync'
  | 'canIUse'
  | 'getNetworkType'
  | 'onNetworkStatusChange'
  | 'offNetworkStatusChange'
  | 'onAppShow'
  | 'offAppShow'
  | 'onAppHide'
  | 'offAppHide'
>;

export type HostApi = keyof WechatHost;
