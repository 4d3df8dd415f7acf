import { quietly } from './calls.js';
import { textIn } from './fields.js';

/** What of a host tells its version. */
export interface VersionedHost {
  getAppBaseInfo?(): unknown;
  getSystemInfoSync?(): unknown;
}

/**
 * The version of the host's base library; `undefined` where it does not tell.
 *
 * The newer call comes first: the older one collects far more than is wanted, and is slow.
 */
export function baseLibraryOf(host: VersionedHost): string | undefined {
  return versionIn(quietly(() => host.getAppBaseInfo?.())) ?? versionIn(quietly(() => host.getSystemInfoSync?.()));
}

/**
 * Compares number by number: 2.10.4 is newer than 2.9.5 (W-19).
 *
 * @param version as the host tells it
 * @param least the first version that will do
 */
export function isAtLeast(version: string, least: string): boolean {
  const [left, right] = [version, least].map((text) => text.split('.').map(Number));
  for (let i = 0; i < Math.max(left?.length ?? 0, right?.length ?? 0); i += 1) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function versionIn(told: unknown): string | undefined {
  return /^\d+(\.\d+)*/.exec(textIn(told, 'SDKVersion'))?.[0];
}
