import type { InspectionEvent, StateValue } from 'xstate';
import { createActors, idOf, parentOf, sourceOf } from './actors.js';
import { createCalls } from './calls.js';
import type { State } from './chart.js';
import { createEncoder } from './encode.js';
import { cut, LONGEST_NAME } from './limits.js';
import { createNames } from './names.js';
import { createPlaceholders } from './placeholders.js';
import { isFields } from './read.js';
import type { InspectionRecord, Plain, Step } from './record.js';
import { createSendings, type Sending } from './sendings.js';

/** Who hears of what an app's flows do, free of secrets (G-23). */
export interface RecordListener {
  /** A chart that is about to be spoken of, once. */
  chart(chart: State): void;
  record(record: InspectionRecord): void;
}

/** Makes records of what XState tells of running actors. */
export interface Recorder {
  /** What `createAuth` takes as `inspect`. */
  inspect(event: InspectionEvent): void;
  /** When something else has happened just now, which no inspection tells of. */
  moment(): Sending;
}

/**
 * @param listener hears each record in the stack of the event that it is about
 * @param now the time, in milliseconds since the epoch
 */
export function createRecorder(listener: RecordListener, now: () => number): Recorder {
  const sendings = createSendings(now);
  const placeholders = createPlaceholders();
  /** A name may have been made of what is secret, and may be of any length. */
  const tidy = (name: string): string => cut(placeholders.scrub(name), LONGEST_NAME);
  const actors = createActors((name) => cut(tidy(name), LONGEST_SORT));
  const encode = createEncoder({
    placeholders,
    objects: createNames(),
    nameOfActor: actors.nameOf,
  });
  const told = new Set<State>();
  let seq = 0;
  const nextSeq = () => {
    seq += 1;
    return seq;
  };
  const calls = createCalls(now, {
    began: (actor, call, name) =>
      listener.record({ kind: 'call', seq: nextSeq(), ...sendings.next(), actor, call, name: tidy(name) }),
    ended: ({ failure, ...answer }) =>
      listener.record({ kind: 'answer', seq: nextSeq(), ...answer, failure: failure && tidy(failure) }),
  });

  const tellChart = (chart: State): void => {
    if (told.has(chart)) return;
    told.add(chart);
    listener.chart(chart);
  };

  /** The chart that waits for an actor which runs none. */
  const waiterOf = (actor: object): { name: string; chart: State } | null => {
    const parent = parentOf(actor);
    const chart = parent && actors.chartOf(parent);
    return parent && chart ? { name: actors.nameOf(parent), chart } : null;
  };

  const noteEvent = (event: object & { type: string }, target: object, source: object | undefined): void => {
    if (source && target === parentOf(source) && !actors.chartOf(source)) calls.answered(source, event);
    if (actors.chartOf(target)) return;
    const waiter = waiterOf(target);
    if (!waiter) return;
    const [id, name] = [idOf(target), sourceOf(target)];
    if (BEGUN.test(event.type)) {
      if (awaits(waiter.chart, id)) calls.asked(target, waiter.name, actors.nameOf(target), name);
    } else if (!isInternal(event.type) && source === parentOf(target)) {
      // A companion is asked by an event of its chart, and tells its answer by another.
      calls.asked(target, waiter.name, actors.nameOf(target), `${name} ${event.type}`);
    }
  };

  return {
    moment: sendings.next,
    inspect(inspected) {
      if (inspected.type === '@xstate.event') {
        sendings.note(inspected.event, inspected.actorRef);
        noteEvent(inspected.event, inspected.actorRef, inspected.sourceRef);
        return;
      }
      if (inspected.type !== '@xstate.snapshot') return;
      const { event, snapshot, actorRef } = inspected;
      const chart = actors.chartOf(actorRef);
      if (!chart) {
        calls.moved(actorRef, snapshot);
        return;
      }
      tellChart(chart);
      const told = encode(event);
      listener.record({
        kind: 'step',
        seq: nextSeq(),
        ...sendings.take(event, actorRef),
        actor: actors.nameOf(actorRef),
        machine: chart.id,
        event: eventOf(tidy(event.type), told),
        value: stateOf(snapshot),
        status: snapshot.status,
      });
    },
  };
}

/** Of the name of an actor, before its number. */
const LONGEST_SORT = 200;

/** How XState tells an actor that it has been started. */
const BEGUN = /^xstate\.init$/;

/** Whether a chart goes on when this child of it is done or has failed. */
function awaits(chart: State, id: string): boolean {
  const isAwaited = ({ eventType }: State['moves'][number]) =>
    eventType === `xstate.done.actor.${id}` || eventType === `xstate.error.actor.${id}`;
  return chart.moves.some(isAwaited) || chart.children.some((child) => awaits(child, id));
}

function isInternal(type: string): boolean {
  return type.indexOf('xstate.') === 0 || type.indexOf('task.') === 0;
}

function eventOf(type: string, event: Plain): Step['event'] {
  return { ...(isFields(event) && event), type };
}

function stateOf(snapshot: object): StateValue {
  const value: unknown = Reflect.get(snapshot, 'value');
  return isStateValue(value) ? withShortNames(value) : {};
}

function withShortNames(value: StateValue): StateValue {
  if (typeof value === 'string') return cut(value, LONGEST_NAME);
  const short: { [key: string]: StateValue | undefined } = {};
  for (const key of Object.keys(value)) {
    const inside = value[key];
    if (inside !== undefined) short[cut(key, LONGEST_NAME)] = withShortNames(inside);
  }
  return short;
}

function isStateValue(value: unknown): value is StateValue {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}
