import type { State } from '../chart.js';
import type { InspectionRecord } from '../record.js';
import type { Device, KnownDevice } from '../wire.js';

/** One run of an app, and what is kept of it for pages that come later. */
export interface Run {
  readonly device: Device;
  /** What is sent to the device; `null` while it is not connected. */
  line: object | null;
  /** The newest record that has come. */
  seq: number;
  /** By the chart's id. */
  readonly charts: Map<string, State>;
  records: InspectionRecord[];
}

export interface Runs {
  /** @returns `null` where there are too many that are connected */
  open(device: Device, line: object): Run | null;
  get(id: string): Run | undefined;
  all(): readonly Run[];
  known(): readonly KnownDevice[];
  /** @returns those that are new, in the order of their numbers */
  add(run: Run, records: readonly InspectionRecord[]): readonly InspectionRecord[];
}

const MOST_RUNS = 30;
const MOST_CHARTS = 60;
const MOST_RECORDS = 50_000;

export function createRuns(): Runs {
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
      const run: Run = { device, line, seq: 0, charts: new Map(), records: [] };
      runs.set(device.run, run);
      return run;
    },
    get: (id) => runs.get(id),
    all: () => [...runs.values()],
    known: () => [...runs.values()].map(({ device, line }) => ({ ...device, connected: line !== null })),
    add(run, records) {
      const fresh = records.filter(({ seq }) => seq > run.seq);
      for (const { seq } of fresh) run.seq = Math.max(run.seq, seq);
      run.records.push(...fresh);
      if (run.records.length > MOST_RECORDS * 1.1) run.records = run.records.slice(-MOST_RECORDS);
      return fresh;
    },
  };
}

/** @returns whether there is room for it */
export function learnChart({ charts }: Run, chart: State): boolean {
  if (!charts.has(chart.id) && charts.size >= MOST_CHARTS) return false;
  charts.set(chart.id, chart);
  return true;
}
