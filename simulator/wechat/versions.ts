/** The base library that first had an API; what is not named was always there. */
export const API_SINCE: Readonly<Record<string, string>> = {
  canIUse: '1.1.1',
  getSetting: '1.2.0',
  connectSocket: '1.7.0',
  onNetworkStatusChange: '1.1.0',
  onAppShow: '2.1.2',
  offAppShow: '2.1.2',
  onAppHide: '2.1.2',
  offAppHide: '2.1.2',
  getAccountInfoSync: '2.2.2',
  offNetworkStatusChange: '2.9.3',
  getUserProfile: '2.10.4',
  getAppBaseInfo: '2.20.1',
  getPrivacySetting: '2.32.3',
  onNeedPrivacyAuthorization: '2.32.3',
  requirePrivacyAuthorize: '2.32.3',
  openPrivacyContract: '2.32.3',
};

/** The base library that first had an open-type of the button (W-17). */
export const OPEN_TYPE_SINCE: Readonly<Record<string, string>> = {
  contact: '1.1.0',
  share: '1.2.0',
  getPhoneNumber: '1.2.0',
  getUserInfo: '1.3.0',
  launchApp: '1.9.5',
  openSetting: '2.0.7',
  feedback: '2.1.0',
  chooseAvatar: '2.21.2',
  getRealtimePhoneNumber: '2.24.4',
  agreePrivacyAuthorization: '2.32.3',
};

/** The base library that first had open-types coupled with `|agreePrivacyAuthorization`. */
export const COUPLED_SINCE = '2.32.3';

/** From the first to before the second, coupled open-types do nothing (G-14). The bounds are made up. */
export const COUPLED_BROKEN = ['2.33.0', '3.0.1'] as const;
