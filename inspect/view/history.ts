import type { StateValue } from 'xstate';
import { type State, withDescendants } from '../chart.js';
import { createLastSteps } from '../last-steps.js';
import { partitionPoint } from '../partition-point.js';
import type { InspectionRecord, Plain, Step } from '../record.js';
import type { Sending } from '../sendings.js';

/** One line of what happened. */
export interface Entry {
  /** Grows with each event that is sent. */
  readonly order: number;
  /** When the event was sent, in milliseconds since the epoch. */
  readonly at: number;
  /** Which running chart, or which component; empty for what has no place. */
  readonly actor: string;
  /** The event, or the call. */
  readonly event: string;
  /** The kind of the failure that it brought, if it did. */
  readonly failure: string | null;
  /** Where the chart was then; empty for what is no step of one. */
  readonly state: string;
  /** Whether the chart stayed where it was. */
  readonly stayed: boolean;
  /** Of a call: how long it took, in milliseconds; `null` while nothing has come of it. */
  readonly took?: number | null;
  /** Of a call that nobody waits for any more. */
  readonly left?: boolean;
  /** Of records that never came: how many. */
  readonly lost?: number;
  /** What it was read from. */
  readonly record: InspectionRecord | null;
}

/** One running chart. */
export interface Running {
  readonly actor: string;
  readonly machine: string;
  /** Its steps, by when their events were sent, oldest first. */
  readonly steps: readonly Step[];
}

/** What an app's flows did, as records tell it. */
export interface History {
  /** By when the event was sent, oldest first: an effect is below its cause. */
  readonly entries: readonly Entry[];
  /** All records that are kept, as they came, and before them where each chart was that has not moved since. */
  readonly records: readonly InspectionRecord[];
  /** The charts that were told of, in that order. */
  readonly charts: readonly State[];
  /** How many entries were let go, because there were too many. */
  readonly forgotten: number;
  /** Makes a chart known. */
  learn(chart: State): void;
  take(records: readonly InspectionRecord[]): void;
  /**
   * A component has told its page an event.
   *
   * @param moment when, as the recorder of the flows says
   * @param failure the kind of the failure that it brought, if it did
   */
  tell(moment: Sending, component: string, event: string, failure: string | null): void;
  /** All that ran this chart, in the order of their first steps. */
  runsOf(machine: string): readonly Running[];
  /** The running chart that was spoken of last, no later than `order`; `null`: none. */
  latestOf(machine: string, order?: number): Running | null;
  /**
   * Where a running chart was when the event `order` had been sent; `null` where it did not run.
   *
   * @param order default: now
   */
  valueOf(actor: string, order?: number): StateValue | null;
  /** Whether a running chart had begun and not ended by then. */
  isActive(actor: string, order?: number): boolean;
  /** @param listener hears of each change, once for all records that came together */
  onChange(listener: () => void): () => void;
}

export interface HistoryOptions {
  /** How many entries are kept; default 50,000. */
  limit?: number;
}

interface Run extends Running {
  readonly steps: Step[];
  path: string;
}

/** Keeps what records tell. */
export function createHistory({ limit = 50_000 }: HistoryOptions = {}): History {
  const charts = new Map<string, State>();
  const words = new Map<string, ReadonlyMap<string, string>>();
  const runs = new Map<string, Run>();
  const calls = new Map<string, { order: number }>();
  const listeners = new Set<() => void>();
  const entries: Entry[] = [];
  const records: InspectionRecord[] = [];
  const lastSteps = createLastSteps();
  let forgotten = 0;
  let lastSeq = 0;
  let lastOrder = 0;

  const insert = (entry: Entry): void => {
    entries.splice(placeAfter(entries, entry.order), 0, entry);
    lastOrder = Math.max(lastOrder, Math.floor(entry.order));
  };

  const noteGap = (record: InspectionRecord): void => {
    const { seq } = record;
    const at = 'at' in record ? record.at : 0;
    const lost = seq - lastSeq - 1;
    lastSeq = Math.max(lastSeq, seq);
    if (lost <= 0) return;
    // Half a step on, so that it stands between what came before and after.
    insert({ ...NOWHERE, order: lastOrder + 0.5, at: entries.at(-1)?.at ?? at, lost });
  };

  const takeStep = (step: Step): void => {
    const run = runs.get(step.actor) ?? { actor: step.actor, machine: step.machine, steps: [], path: '' };
    runs.set(step.actor, run);
    run.steps.splice(placeAfter(run.steps, step.order), 0, step);
    const state = pathOf(whereOf(step));
    insert({
      order: step.order,
      at: step.at,
      actor: step.actor,
      event: words.get(step.machine)?.get(step.event.type) ?? step.event.type.replace('xstate.', ''),
      failure: failureOf(step.event),
      state,
      stayed: state === run.path,
      record: step,
    });
    run.path = state;
  };

  const takeRecord = (record: InspectionRecord): void => {
    noteGap(record);
    records.push(record);
    lastSteps.note(record);
    if (record.kind === 'step') takeStep(record);
    else if (record.kind === 'call') {
      const { order, at, actor, name } = record;
      calls.set(record.call, { order });
      insert({ ...NOWHERE, order, at, actor, event: name, took: null, record });
    } else {
      const call = calls.get(record.call);
      calls.delete(record.call);
      const place = call ? placeAfter(entries, call.order) - 1 : -1;
      const begun = entries[place];
      if (begun?.record?.kind !== 'call' || begun.record.call !== record.call) return;
      const { took, outcome, failure } = record;
      entries[place] = { ...begun, took, failure, left: outcome === 'left' };
    }
  };

  const forget = (): void => {
    if (entries.length <= limit * 1.1) return;
    const [gone, kept] = [entries.splice(0, entries.length - limit), entries[0]];
    forgotten += gone.length;
    if (!kept) return;
    for (const run of runs.values()) {
      // The last step before stays: it says where the chart was.
      run.steps.splice(0, Math.max(0, placeAfter(run.steps, kept.order) - 1));
      const last = run.steps.at(-1);
      if (last && last.order < kept.order && last.status !== 'active') runs.delete(run.actor);
    }
    records.splice(0, records.length - entries.length);
  };

  const change = (): void => {
    forget();
    for (const listener of listeners) listener();
  };

  return {
    entries,
    get records() {
      const [first] = records;
      return first ? [...lastSteps.before(first.seq), ...records] : records;
    },
    get charts() {
      return [...charts.values()];
    },
    get forgotten() {
      return forgotten;
    },
    learn(chart) {
      if (JSON.stringify(charts.get(chart.id)) === JSON.stringify(chart)) return;
      charts.set(chart.id, chart);
      words.set(chart.id, wordsOf(chart));
      change();
    },
    take(came) {
      for (const record of came) takeRecord(record);
      change();
    },
    tell(moment, component, event, failure) {
      insert({ ...NOWHERE, ...moment, actor: `<${component}>`, event, failure });
      change();
    },
    runsOf: (machine) => [...runs.values()].filter((run) => run.machine === machine),
    latestOf(machine, order = Number.POSITIVE_INFINITY) {
      let [latest, last]: [Run | null, number] = [null, -1];
      for (const run of runs.values()) {
        const step = run.machine === machine ? run.steps[placeAfter(run.steps, order) - 1] : undefined;
        if (step && step.order > last) [latest, last] = [run, step.order];
      }
      return latest;
    },
    valueOf(actor, order = Number.POSITIVE_INFINITY) {
      const run = runs.get(actor);
      const step = run?.steps[placeAfter(run.steps, order) - 1];
      return step ? whereOf(step) : null;
    },
    isActive(actor, order = Number.POSITIVE_INFINITY) {
      const run = runs.get(actor);
      return run?.steps[placeAfter(run.steps, order) - 1]?.status === 'active';
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const NOWHERE = { actor: '', event: '', failure: null, state: '', stayed: false, record: null };

/** `signingIn.attempting`; parallel states are joined by a bar. */
export function pathOf(value: StateValue | null): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  return Object.entries(value)
    .map(([key, inner]) => (inner === undefined || Object.keys(inner).length === 0 ? key : `${key}.${pathOf(inner)}`))
    .join(' | ');
}

/** What has ended by itself stays where it ended. */
function whereOf({ status, value }: Step): StateValue | null {
  return status === 'stopped' ? null : value;
}

/** Where in a sorted list something of this order belongs: behind all that are not above it. */
export function placeAfter(sorted: readonly { readonly order: number }[], order: number): number {
  return partitionPoint(sorted, (item) => item.order <= order);
}

function wordsOf(root: State): ReadonlyMap<string, string> {
  return new Map(
    withDescendants(root).flatMap(({ moves }) => moves.map(({ eventType, cause }) => [eventType, cause] as const)),
  );
}

/** A failure comes in an event's `failure`, as a task's `error`, or in a flow's output. */
function failureOf(event: Plain): string | null {
  for (const part of [event, fieldOf(event, 'output')]) {
    for (const name of ['failure', 'error']) {
      const kind = fieldOf(fieldOf(fieldOf(part, name), '$failure'), 'kind');
      if (typeof kind === 'string') return kind;
    }
  }
  return null;
}

function fieldOf(value: Plain | undefined, name: string): Plain | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const field: unknown = Reflect.get(value, name);
  return isPlain(field) ? field : undefined;
}

/** A field of plain data is plain data. */
function isPlain(value: unknown): value is Plain {
  return value !== undefined;
}
