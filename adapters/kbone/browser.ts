import { Failure } from '../../ports/failure.js';
import type { Platform } from '../../ports/platform.js';
import { networkMembers } from './network.js';
import { browserStorage } from './storage.js';
import type { BrowserWindow } from './window.js';

/** A browser: it stores, and it sends. Who signs in there does so by a password (K-03). */
export function browser(window: BrowserWindow): Platform {
  return {
    name: 'browser',
    codeLifetime: 0,
    host: window,
    abilities: {
      login: false,
      phone: false,
      realtimePhone: false,
      phoneCode: false,
      profileWays: ['avatarNickname'],
      signedProfile: false,
      coupledPrivacy: false,
      privacy: false,
    },
    ...networkMembers(window),
    storage: browserStorage(window),

    login: () => Promise.reject(lacking('login')),
    checkSession: () => Promise.reject(lacking('session')),
    readPhone() {
      throw new Failure('unknown', { message: 'A browser has no phone button.' });
    },
    getUserProfile: () => Promise.reject(lacking('profile')),
    getUserInfo: () => Promise.reject(lacking('profile')),
    readUserInfo() {
      throw lacking('profile');
    },
    isUserInfoAllowed: () => Promise.reject(lacking('profile')),
    getPrivacySetting: () => Promise.resolve({ isNeeded: false, contractName: '' }),
    onPrivacyNeeded() {},
    openPrivacyContract: () => Promise.reject(lacking('privacy guide')),

    onShow: (listener) =>
      listen(window.document, 'visibilitychange', () => {
        if (window.document.visibilityState === 'visible') listener();
      }),
    onOnline: (listener) => listen(window, 'online', listener),
  };
}

function lacking(what: string): Failure {
  return new Failure('unsupported', { message: `A browser has no ${what} of its own.` });
}

type Source = Pick<BrowserWindow, 'addEventListener' | 'removeEventListener'>;

function listen(source: Source, event: string, hear: () => void): () => void {
  source.addEventListener(event, hear);
  return () => source.removeEventListener(event, hear);
}
