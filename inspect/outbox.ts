import type { InspectionRecord } from './record.js';

/** The newest records of a run, those that were told too: who asks anew may not have kept them. */
export interface Outbox {
  put(record: InspectionRecord): void;
  /**
   * What comes next.
   *
   * @param after the newest record that was told
   * @param most how many at the most
   */
  next(after: number, most: number): readonly InspectionRecord[];
}

/** @param size how many it holds; the oldest give way, and their numbers say that they are missing */
export function createOutbox(size: number): Outbox {
  const ring = new Array<InspectionRecord | undefined>(size);
  let newest = 0;

  return {
    put(record) {
      newest = record.seq;
      ring[newest % size] = record;
    },
    next(after, most) {
      const batch: InspectionRecord[] = [];
      for (let seq = Math.max(after, newest - size) + 1; seq <= newest && batch.length < most; seq += 1) {
        const record = ring[seq % size];
        if (record) batch.push(record);
      }
      return batch;
    },
  };
}
