import { HostFailure } from './host-failure.js';

/** Bytes of one value, and of all together (W-23). */
const MAX_VALUE = 1024 * 1024;
const MAX_TOTAL = 10 * MAX_VALUE;

/** A mini-program's store on one device. It outlives the app. */
export interface HostStore {
  /** A copy of what was stored; `undefined` where there is nothing. */
  get(key: string): unknown;
  /** @throws HostFailure where the value or the store would be too large (W-23) */
  set(key: string, value: unknown): void;
  remove(key: string): void;
  clear(): void;
}

export function createHostStore(): HostStore {
  const values = new Map<string, string>();

  const sizeWithout = (key: string) => {
    let size = 0;
    for (const [name, text] of values) if (name !== key) size += bytes(name) + bytes(text);
    return size;
  };

  return {
    get(key) {
      const text = values.get(key);
      return text === undefined ? undefined : JSON.parse(text);
    },
    set(key, value) {
      const text = JSON.stringify(value) ?? '""';
      if (bytes(text) > MAX_VALUE) throw new HostFailure('entry size limit reached');
      if (sizeWithout(key) + bytes(key) + bytes(text) > MAX_TOTAL) {
        throw new HostFailure('exceed storage max size 10Mb');
      }
      values.set(key, text);
    },
    remove: (key) => void values.delete(key),
    clear: () => values.clear(),
  };
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
