/**
 * Compares base-library versions number by number (W-19).
 *
 * @returns below, above or equal to zero, as a sort wants it
 */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a base library is of this version or newer (W-19). */
export function isSince(baseLibrary: string, version: string): boolean {
  return compareVersions(baseLibrary, version) >= 0;
}

/** The base library that first had an API; what is not named was always there. */
export const API_SINCE: Readonly<Record<string, string>> = {
  canIUse: '1.1.1',
  getSetting: '1.2.0',
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
