import type { State } from '../chart.js';
import { createLastSteps, type LastSteps } from '../last-steps.js';
import { MOST_CHARTS } from '../limits.js';
import { partitionPoint } from '../partition-point.js';
import type { InspectionRecord } from '../record.js';
import type { Device, KnownDevice } from '../wire.js';

/** A record, as pages are told of it. */
interface Kept {
  readonly seq: number;
  readonly text: string;
}

/** One run of an app, and what is kept of it for pages that come later. */
export interface Run {
  readonly device: Device;
  /** When it was first heard of, in milliseconds since the epoch. */
  readonly since: number;
  /** What is sent to the device; `null` while it is not connected. */
  line: object | null;
  /** The newest record that has come. */
  seq: number;
  /** How many records and charts were not understood. */
  skipped: number;
  /** By the chart's id. */
  readonly charts: Map<string, State>;
  /** By their numbers, oldest first. */
  readonly kept: Kept[];
  readonly lastSteps: LastSteps;
  /** How long what is kept is, in characters. */
  length: number;
}

export interface Runs {
  /** @returns `null` where there are too many that are connected */
  open(device: Device, line: object): Run | null;
  all(): readonly Run[];
  known(): readonly KnownDevice[];
  /** Keeps those that are new. */
  add(run: Run, records: readonly InspectionRecord[]): void;
}

/** Records that are told together, as JSON. */
export interface Told {
  readonly text: string;
  readonly last: number;
}

const MOST_RUNS = 30;
const MOST_RECORDS = 50_000;
/** Of one run, in characters, most of which are a byte each. */
const LONGEST_RUN = 24 * 1024 * 1024;
const LONGEST_BATCH = 256 * 1024;
const BATCH = 500;

export function createRuns(now: () => number): Runs {
  const runs = new Map<string, Run>();

  return {
    open(device, line) {
      const known = runs.get(device.run);
      if (known) {
        known.line = line;
        return known;
      }
      if (runs.size >= MOST_RUNS) {
        const gone = [...runs.values()].find((run) => run.line === null);
        if (!gone) return null;
        runs.delete(gone.device.run);
      }
      const empty = { seq: 0, skipped: 0, charts: new Map(), kept: [], lastSteps: createLastSteps(), length: 0 };
      const run: Run = { device, since: now(), line, ...empty };
      runs.set(device.run, run);
      return run;
    },
    all: () => [...runs.values()],
    known: () =>
      [...runs.values()].map(({ device, since, skipped, line }) => ({
        ...device,
        since,
        skipped,
        connected: line !== null,
      })),
    add(run, records) {
      for (const record of records) {
        if (record.seq <= run.seq) continue;
        run.seq = record.seq;
        const text = JSON.stringify(record);
        run.kept.push({ seq: record.seq, text });
        run.lastSteps.note(record);
        run.length += text.length;
      }
      forget(run);
    },
  };
}

/** The oldest give way, a tenth at a time: to move the rest costs. */
function forget(run: Run): void {
  const { kept } = run;
  if (kept.length <= MOST_RECORDS && run.length <= LONGEST_RUN) return;
  let gone = 0;
  while (gone < kept.length && (kept.length - gone > MOST_RECORDS * 0.9 || run.length > LONGEST_RUN * 0.9)) {
    run.length -= kept[gone]?.text.length ?? 0;
    gone += 1;
  }
  kept.splice(0, gone);
}

/**
 * What a page that has the records up to `after` is told next.
 *
 * @returns `null` where it has them all
 */
export function nextOf({ kept, lastSteps, seq }: Run, after: number): Told | null {
  if (after >= seq) return null;
  const oldest = kept[0]?.seq ?? seq + 1;
  const quiet = after + 1 < oldest ? lastSteps.before(oldest).filter((step) => step.seq > after) : [];
  const first = partitionPoint(kept, ({ seq }) => seq <= after);
  const coming = [
    ...quiet.map((step) => ({ seq: step.seq, text: JSON.stringify(step) })),
    ...kept.slice(first, first + BATCH),
  ];
  const texts: string[] = [];
  let [length, last] = [0, seq];
  for (const record of coming) {
    length += record.text.length;
    if (length > LONGEST_BATCH && texts.length > 0) break;
    texts.push(record.text);
    last = record.seq;
  }
  return { text: `[${texts.join()}]`, last };
}

/** @returns whether there is room for it */
export function learnChart({ charts }: Run, chart: State): boolean {
  if (!charts.has(chart.id) && charts.size >= MOST_CHARTS) return false;
  charts.set(chart.id, chart);
  return true;
}
