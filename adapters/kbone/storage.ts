import { Failure } from '../../ports/failure.js';
import type { KeyValueStore } from '../../ports/platform.js';
import type { BrowserWindow } from './window.js';

/** The browser's store. Where it is forbidden, even to look at it throws. */
export function browserStorage(window: BrowserWindow): KeyValueStore {
  return {
    get: (key) => attempt(() => window.localStorage.getItem(key)) ?? undefined,
    set: (key, value) => attempt(() => window.localStorage.setItem(key, value)),
    remove: (key) => attempt(() => window.localStorage.removeItem(key)),
  };
}

function attempt<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw new Failure('unknown', { raw: error, ...(error instanceof Error && { message: error.message }) });
  }
}
