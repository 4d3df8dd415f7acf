import type { Platform } from '../../ports/platform.js';
import { ask } from './calls.js';
import { lacking } from './failures.js';

type PrivacyMembers = Pick<Platform, 'getPrivacySetting' | 'onPrivacyNeeded' | 'openPrivacyContract'>;

/** Baidu knows of no privacy guide that an app would have to show: nothing waits for one. */
export const privacyMembers: PrivacyMembers = {
  getPrivacySetting: () => Promise.resolve({ isNeeded: false, contractName: '' }),
  onPrivacyNeeded() {},
  openPrivacyContract: () =>
    ask<void>(() => {
      throw lacking('openPrivacyContract');
    }),
};
