import type { KeyValueStore } from '../../ports/platform.js';
import type { Calls } from './calls.js';

/** What of a host stores something. */
export interface StoringHost {
  getStorageSync(key: string): unknown;
  setStorageSync(key: string, value: string): unknown;
  removeStorageSync(key: string): unknown;
}

/** The host's store (W-23). */
export function hostStorage(host: StoringHost, { attempt }: Pick<Calls<never>, 'attempt'>): KeyValueStore {
  return {
    get(key) {
      const value = attempt(() => host.getStorageSync(key));
      return typeof value === 'string' && value !== '' ? value : undefined;
    },
    set: (key, value) => void attempt(() => host.setStorageSync(key, value)),
    remove: (key) => void attempt(() => host.removeStorageSync(key)),
  };
}
