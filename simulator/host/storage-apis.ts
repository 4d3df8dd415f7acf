import type { Callbacks, Caller } from './caller.js';
import { HostFailure } from './host-failure.js';
import type { HostStore } from './host-store.js';

type StorageApi = 'getStorage' | 'setStorage' | 'removeStorage' | 'clearStorage';

/** The store's asynchronous APIs. They read and write when they answer, not when they are called. */
export function createStorageApis(store: HostStore, caller: Caller<StorageApi>) {
  return {
    getStorage(option: Callbacks & { key: string }) {
      caller.call({
        api: 'getStorage',
        callbacks: option,
        work() {
          const data = store.get(option.key);
          if (data === undefined) throw new HostFailure('data not found');
          return { data };
        },
      });
    },
    setStorage(option: Callbacks & { key: string; data: unknown }) {
      caller.call({
        api: 'setStorage',
        callbacks: option,
        work() {
          store.set(option.key, option.data);
          return {};
        },
      });
    },
    removeStorage(option: Callbacks & { key: string }) {
      caller.call({
        api: 'removeStorage',
        callbacks: option,
        work() {
          store.remove(option.key);
          return {};
        },
      });
    },
    clearStorage(option: Callbacks = {}) {
      caller.call({
        api: 'clearStorage',
        callbacks: option,
        work() {
          store.clear();
          return {};
        },
      });
    },
  };
}

/** The same store's APIs that answer at once (W-23). */
export function createSyncStorageApis(store: HostStore) {
  return {
    getStorageSync: (key: string) => store.get(key) ?? '',
    setStorageSync(key: string, data: unknown) {
      try {
        store.set(key, data);
      } catch (error) {
        if (error instanceof HostFailure) throw new Error(`setStorageSync:fail ${error.message}`);
        throw error;
      }
    },
    removeStorageSync: store.remove,
    clearStorageSync: store.clear,
  };
}
