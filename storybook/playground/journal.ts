import type { ActorRefLike, InspectionEvent, StateValue } from 'xstate';
import { type State, withDescendants } from '../chart/states.js';
import { createSendings } from './sendings.js';

/** One step of one chart. */
export interface Entry {
  /** Grows with each event that is sent. */
  readonly order: number;
  /** When the event was sent, in milliseconds since the epoch. */
  readonly at: number;
  /** Which chart, or which component. */
  readonly chart: string;
  readonly event: string;
  /** The kind of the failure that the event brought, if it did. Nothing else of an event is kept (G-23). */
  readonly failure: string | null;
  /** Empty for a component's event: what it shows is its flow's. */
  readonly state: string;
  /** Whether the chart stayed where it was. */
  readonly stayed: boolean;
}

/** What the charts did, by when the event was sent, newest first: an effect is above its cause. */
export interface Journal {
  readonly entries: readonly Entry[];
  /** Where a chart is; `null` where it does not run. */
  valueOf(chart: string): StateValue | null;
  /** What `createAuth` takes as `inspect`. */
  inspect(event: InspectionEvent): void;
  /**
   * A component has told its page an event.
   *
   * @param failure the kind of the failure that it brought, if it did
   */
  tell(component: string, event: string, failure: string | null): void;
  /** @param listener hears of each entry, and of its place among the entries: causes may come after their effects */
  onEntry(listener: (entry: Entry, place: number) => void): void;
}

const LONGEST = 200;

/**
 * Keeps a journal.
 *
 * @param charts the roots of the charts to follow; others are passed over
 * @param now the time, in milliseconds since the epoch
 */
export function createJournal(charts: readonly State[], now: () => number = Date.now): Journal {
  const known = new Map(charts.map((root) => [root.id, wordsOf(root)]));
  const values = new Map<string, { value: StateValue | null; order: number }>();
  const paths = new WeakMap<ActorRefLike, string>();
  const sendings = createSendings(now);
  const entries: Entry[] = [];
  const listeners: ((entry: Entry, place: number) => void)[] = [];

  const add = (entry: Entry) => {
    const older = entries.findIndex((other) => other.order < entry.order);
    const place = older < 0 ? entries.length : older;
    entries.splice(place, 0, entry);
    entries.length = Math.min(entries.length, LONGEST);
    for (const listener of listeners) listener(entry, place);
  };

  return {
    entries,
    valueOf: (chart) => values.get(chart)?.value ?? null,
    onEntry: (listener) => void listeners.push(listener),
    inspect(inspected) {
      if (inspected.type === '@xstate.event') sendings.note(inspected.event, inspected.actorRef);
      if (inspected.type !== '@xstate.snapshot') return;
      const { event, snapshot, actorRef } = inspected;
      const chart = chartOf(snapshot);
      const words = known.get(chart);
      if (!words || !('value' in snapshot)) return;
      const { order, at } = sendings.take(event, actorRef);
      const value = snapshot.status === 'stopped' ? null : (snapshot.value as StateValue);
      if (order > (values.get(chart)?.order ?? 0)) values.set(chart, { value, order });
      const state = pathOf(value);
      const stayed = state === paths.get(actorRef);
      paths.set(actorRef, state);
      const entry: Entry = {
        order,
        at,
        chart,
        event: words.get(event.type) ?? event.type.replace('xstate.', ''),
        failure: failureOf(event),
        state,
        stayed,
      };
      add(entry);
    },
    tell(component, event, failure) {
      add({ ...sendings.next(), chart: `<${component}>`, event, failure, state: '', stayed: false });
    },
  };
}

/** `signingIn.attempting`; parallel states are joined by a bar. */
export function pathOf(value: StateValue | null): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  return Object.entries(value)
    .map(([key, inner]) => (inner === undefined || Object.keys(inner).length === 0 ? key : `${key}.${pathOf(inner)}`))
    .join(' | ');
}

function wordsOf(root: State): ReadonlyMap<string, string> {
  return new Map(
    withDescendants(root).flatMap(({ moves }) => moves.map(({ eventType, cause }) => [eventType, cause] as const)),
  );
}

function chartOf(snapshot: object): string {
  const machine: unknown = Reflect.get(snapshot, 'machine');
  return typeof machine === 'object' && machine !== null ? String(Reflect.get(machine, 'id')) : '';
}

/** A failure comes in an event's `failure`, as a task's `error`, or in a flow's output. */
function failureOf(event: object): string | null {
  for (const part of [event, Reflect.get(event, 'output')]) {
    if (typeof part !== 'object' || part === null) continue;
    for (const name of ['failure', 'error']) {
      const failure: unknown = Reflect.get(part, name);
      if (typeof failure === 'object' && failure !== null && 'kind' in failure) return String(failure.kind);
    }
  }
  return null;
}
