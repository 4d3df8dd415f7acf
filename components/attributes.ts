import type { ProfileSync } from '../ports/profile.js';

/**
 * A switch of a template that may be left out: as a bare attribute it is on, and texts are what people write instead of
 * `{{false}}`.
 *
 * @param value what the property holds
 * @returns `undefined` where nothing was said
 */
export function switchFrom(value: unknown): boolean | undefined {
  if (value === null || value === undefined) return undefined;
  return value !== false && value !== 'false';
}

/**
 * What a profile may replace.
 *
 * @param value what the property holds
 * @returns `undefined` where nothing was said
 */
export function syncFrom(value: unknown): ProfileSync | undefined {
  if (value === 'overwrite' || value === 'setnx') return value;
  return value === false || value === 'false' ? false : undefined;
}
