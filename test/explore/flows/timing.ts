import { defaultTiming, type Timing } from '../../../machines/timing.js';

const minute = 60_000;

/** How long something stands before it has to be looked at anew; all else of a timing is a wait. */
const LIFETIMES: Partial<Timing> = {
  // Less than the age at which a code is thrown away, so that all that is checked is old by then.
  recheck: 4 * minute,
  codeMargin: defaultTiming.codeMargin,
  tokenMargin: defaultTiming.tokenMargin,
};

/**
 * Every wait is a thousand times shorter, and every lifetime about as it is. So what is young stays young however many
 * timers go off, and grows old only where the world lets it: of an age counts only whether it is young or old.
 */
export const shortWaits: Timing = {
  ...defaultTiming,
  ...Object.fromEntries(Object.entries(defaultTiming).map(([name, ms]) => [name, ms / 1000])),
  ...LIFETIMES,
};

/** How long the host honours a code, in milliseconds. */
export const CODE_LIFETIME = 5 * minute;

/** In the background everything grows old, but for a session that lasts for weeks. In milliseconds. */
export const SLEEP = 6 * minute;

/** So long lasts a session that ends while the app sleeps. In milliseconds. */
export const SHORT_SESSION = 3 * minute;
