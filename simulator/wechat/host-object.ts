/// <reference types="miniprogram-api-typings" preserve="true" />
import type { PrivacyListener } from './privacy.js';

/** The part of `wx` that the simulator has. As on a phone, what is newer than the base library is absent at run time. */
export type WechatHost = PrivacyHost & WechatApis;

/** The typings know nothing of what this listener gets. */
interface PrivacyHost {
  onNeedPrivacyAuthorization(listener: PrivacyListener): void;
}

type WechatApis = Pick<
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
  | 'uploadFile'
  | 'connectSocket'
  | 'getUserProfile'
  | 'getUserInfo'
  | 'getSetting'
  | 'getPrivacySetting'
  | 'onNeedPrivacyAuthorization'
  | 'requirePrivacyAuthorize'
  | 'openPrivacyContract'
>;

export type HostApi = keyof WechatHost;

/** The open-types whose press the host answers by an event (W-17). */
export type ButtonOpenType =
  | 'getPhoneNumber'
  | 'getRealtimePhoneNumber'
  | 'getUserInfo'
  | 'chooseAvatar'
  | 'agreePrivacyAuthorization';

/** What the host is asked to do: an API, or what a button's open-type says. */
export type HostCallName = HostApi | `button.${ButtonOpenType}`;
