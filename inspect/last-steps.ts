import type { InspectionRecord, Step } from './record.js';

/** The last step of each chart that runs: where it is, however long ago it went there. */
export interface LastSteps {
  note(record: InspectionRecord): void;
  /** Those with lower numbers than this, in their order. */
  before(seq: number): readonly Step[];
}

export function createLastSteps(): LastSteps {
  const steps = new Map<string, Step>();
  return {
    note(record) {
      if (record.kind !== 'step') return;
      // The last one comes last, so that they stay in their order.
      steps.delete(record.actor);
      if (record.status === 'active') steps.set(record.actor, record);
    },
    before(seq) {
      const found: Step[] = [];
      steps.forEach((step) => {
        if (step.seq < seq) found.push(step);
      });
      return found;
    },
  };
}
