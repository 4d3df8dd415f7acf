import type { StateValue } from 'xstate';

/** Where a chart is, in words: `{ open: { resting: 'denied' } }` → `open.resting.denied`. */
export function placeOf(value: StateValue): string {
  if (typeof value === 'string') return value;
  return Object.entries(value)
    .map(([key, inner]) => {
      const rest = inner === undefined ? '' : placeOf(inner);
      return rest ? `${key}.${rest}` : key;
    })
    .join(' + ');
}
