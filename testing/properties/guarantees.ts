import type { Property } from '../property.js';
import { callsDoNotOverlap } from './calls-do-not-overlap.js';
import { chartsStand } from './charts-stand.js';
import { codesAreSpentOnce } from './codes-are-spent-once.js';
import { nothingAfterTheEnd } from './nothing-after-the-end.js';
import { nothingSecretShows } from './nothing-secret-shows.js';
import { restIsNear, waitsEnd } from './waits-end.js';

/** What holds for every flow, in every state that it can reach. */
export const guarantees: readonly Property[] = [
  chartsStand,
  codesAreSpentOnce,
  callsDoNotOverlap(),
  waitsEnd,
  restIsNear,
  nothingAfterTheEnd,
  nothingSecretShows,
];
