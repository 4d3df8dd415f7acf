import type { Crowd } from './load.js';

/** What signs in, and which server it asks. */
export const crowds = [
  { crowd: 'anonymous', kind: 'anonymous', name: 'better-auth `anonymous()`, which always makes a user' },
  { crowd: 'nobody', kind: 'denglu', name: 'denglu, without any name, which always makes a user' },
  { crowd: 'new', kind: 'denglu', name: 'denglu, a first login, which makes a user' },
  { crowd: 'known', kind: 'denglu', name: 'denglu, somebody who comes back' },
] as const satisfies readonly { crowd: Crowd; kind: 'anonymous' | 'denglu'; name: string }[];

export type Measuring = (typeof crowds)[number];
