import type { KeyValueStore } from '../../ports/platform.js';
import { attempt } from './calls.js';
import type { WechatHost } from './host.js';

/** The host's store (W-23). */
export function hostStorage(host: WechatHost): KeyValueStore {
  return {
    get(key) {
      const value: unknown = attempt(() => host.getStorageSync(key));
      return typeof value === 'string' && value !== '' ? value : undefined;
    },
    set: (key, value) => attempt(() => host.setStorageSync(key, value)),
    remove: (key) => attempt(() => host.removeStorageSync(key)),
  };
}
