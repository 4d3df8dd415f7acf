import { createLastSteps } from './last-steps.js';
import type { InspectionRecord } from './record.js';

/**
 * The newest records of a run, those that were told too: who asks anew may not have kept them. Of each chart that runs it has
 * the last step, whatever became of the rest.
 */
export interface Outbox {
  put(record: InspectionRecord): void;
  /**
   * What comes next, as much of it as one message may hold.
   *
   * @param after the newest record that was told
   */
  next(after: number): Batch | null;
}

/** Records that are told together. */
export interface Batch {
  /** A list, as JSON. */
  readonly text: string;
  /** The newest of them. */
  readonly last: number;
}

/** In bytes: the other side takes no message longer than 2 MiB, and a slow network no long one well. */
const LONGEST_BATCH = 256 * 1024;
const MOST = 200;

/** @param size how many it holds; the oldest give way, and their numbers say that they are missing */
export function createOutbox(size: number): Outbox {
  const ring = new Array<InspectionRecord | undefined>(size);
  const lastSteps = createLastSteps();
  let newest = 0;

  /** The one that comes next. */
  const following = (after: number): InspectionRecord | undefined => {
    const oldest = Math.max(1, newest - size + 1);
    if (after + 1 >= oldest) return ring[(after + 1) % size];
    const [quiet] = lastSteps.before(oldest).filter(({ seq }) => seq > after);
    return quiet ?? ring[oldest % size];
  };

  return {
    put(record) {
      newest = record.seq;
      lastSteps.note(record);
      ring[newest % size] = record;
    },
    next(after) {
      const texts: string[] = [];
      let bytes = 0;
      let last = after;
      while (last < newest && texts.length < MOST) {
        const record = following(last);
        if (!record) break;
        const text = JSON.stringify(record);
        bytes += bytesOf(text);
        if (bytes > LONGEST_BATCH && texts.length > 0) break;
        texts.push(text);
        last = record.seq;
      }
      return texts.length === 0 ? null : { text: `[${texts.join()}]`, last };
    },
  };
}

/**
 * How many bytes a text has in UTF-8, at the most: mini-programs may have no `TextEncoder`.
 */
export function bytesOf(text: string): number {
  return text.replace(/[\u0080-\uffff]/g, '???').length;
}
