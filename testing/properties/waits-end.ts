import { reachable } from '../property.js';
import type { Stage } from '../stage.js';

/** Whoever waits for a machine waits no longer than the chart's own timers (G-09). */
export const waitsEnd = reachable('G-09 time alone ends every wait for a machine', (stage) => !isBusy(stage), {
  from: isBusy,
  by: (kind) => kind === 'time',
});

/** No way leads to where nobody can go on. A chart that has ended is at rest. */
export const restIsNear = reachable(
  'From everywhere all charts can come to rest, or to where a person is asked',
  (stage) => stage.charts().every(({ snapshot }) => snapshot.status !== 'active' || isAtRest(snapshot)),
);

function isBusy(stage: Stage): boolean {
  return stage.charts().some(({ snapshot }) => snapshot.status === 'active' && snapshot.hasTag('busy'));
}

/** A chart without any of the tags says nothing of rest. */
function isAtRest(snapshot: { hasTag(tag: string): boolean }): boolean {
  return snapshot.hasTag('settled') || snapshot.hasTag('askable') || !snapshot.hasTag('busy');
}
