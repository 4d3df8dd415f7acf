import { reachable } from '../property.js';
import { rests, waits } from '../rest.js';
import type { Stage } from '../stage.js';

/** Whoever waits for a machine waits no longer than the chart's own timers (G-09). */
export const waitsEnd = reachable('G-09 time alone ends every wait for a machine', (stage) => !isWaiting(stage), {
  from: isWaiting,
  by: (kind) => kind === 'time',
});

/** No way leads to where nobody can go on. A chart that has ended by itself is at rest; to be ended is no way to it. */
export const restIsNear = reachable(
  'From everywhere all charts can come to rest, or to where a person is asked',
  (stage) => stage.charts().every((chart) => rests(chart, stage)),
  { by: (kind) => kind !== 'end' },
);

function isWaiting(stage: Stage): boolean {
  return stage.charts().some((chart) => waits(chart, stage));
}
