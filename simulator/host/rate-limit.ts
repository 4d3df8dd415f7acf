import type { Clock } from '../../ports/clock.js';

/**
 * Tells whether one more call under a key is within the limit, over a sliding window. A call that is not is not counted.
 *
 * @param limit how many calls
 * @param span the window, in milliseconds
 */
export function createRateLimit(clock: Clock, limit: number, span: number): (key: string) => boolean {
  const calls = new Map<string, number[]>();
  return (key) => {
    const now = clock.now();
    const recent = (calls.get(key) ?? []).filter((at) => at > now - span);
    const allowed = recent.length < limit;
    if (allowed) recent.push(now);
    calls.set(key, recent);
    return allowed;
  };
}
