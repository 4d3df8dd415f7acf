import type { InspectionEvent } from 'xstate';
import { describe } from './transitions.js';

/** Sees that a step comes to its end: charts that go round within it would take all memory. */
export interface Settling {
  /** @throws RangeError once there are too many microsteps: it ends the chart that makes them */
  hear(event: InspectionEvent): void;
  /** Which charts have gone round in the step of now; `null` if none has. */
  complaint(): string | null;
  nextStep(): void;
}

/** Far more than any chart makes that comes to an end: those of denglu make fewer than ten in a step. */
const MOST_MICROSTEPS = 5000;
/** Of how many microsteps the transitions are told: whoever goes round has gone through all of them by then. */
const TOLD = 50;

export function createSettling(): Settling {
  let count = 0;
  let told = new Set<string>();

  return {
    hear(event) {
      if (event.type !== '@xstate.microstep') return;
      count += 1;
      if (count > MOST_MICROSTEPS - TOLD && count <= MOST_MICROSTEPS) {
        for (const transition of event._transitions) told.add(describe(transition).label);
      }
      if (count > MOST_MICROSTEPS) throw new RangeError('the chart goes round');
    },
    complaint: () =>
      count > MOST_MICROSTEPS ? `after ${MOST_MICROSTEPS} microsteps there is no end: ${[...told].join(', ')}` : null,
    nextStep() {
      count = 0;
      told = new Set();
    },
  };
}
