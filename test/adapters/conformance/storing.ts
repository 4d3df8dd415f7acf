import { expect } from 'vitest';
import type { KeyValueStore } from '../../../ports/platform.js';
import { expectFailure, thrownBy } from './failures.js';
import type { Check } from './rig.js';

const KEY = 'conformance';

/** Calls each member of the store as a flow would. */
export const store: { readonly [M in keyof KeyValueStore]: (storage: KeyValueStore) => unknown } = {
  get: (storage) => storage.get(KEY),
  set: (storage) => storage.set(KEY, 'value'),
  remove: (storage) => storage.remove(KEY),
};

const throws =
  (member: keyof KeyValueStore): Check =>
  ({ platform }) =>
    expectFailure(
      thrownBy(() => store[member](platform.storage)),
      'unknown',
    );

/** What must come of a call of the store: at once, or as a failure that is thrown at once. */
export function storingChecks(member: keyof KeyValueStore) {
  const success: Record<keyof KeyValueStore, Check> = {
    get({ platform: { storage } }) {
      expect(storage.get(KEY)).toBeUndefined();
      const text = '{"token":"a+b/c==","nickname":"小明 😀\\n"}';
      storage.set(KEY, text);
      storage.set('another', 'other');
      expect([storage.get(KEY), storage.get('another')]).toEqual([text, 'other']);
    },
    set({ platform: { storage } }) {
      storage.set(KEY, 'old');
      storage.set(KEY, 'new');
      expect(storage.get(KEY)).toBe('new');
    },
    remove({ platform: { storage } }) {
      storage.remove(KEY);
      storage.set(KEY, 'value');
      storage.set('another', 'other');
      storage.remove(KEY);
      expect([storage.get(KEY), storage.get('another')]).toEqual([undefined, 'other']);
    },
  };
  return { success: success[member], unknown: throws(member), 'synchronous throw': throws(member) };
}
