import type { AnyActor } from 'xstate';
import { Failure, toFailure } from '../ports/failure.js';
import { isSame } from './is-same.js';
import { createListeners } from './listeners.js';

/** What every flow tells a view: plain data, nothing secret (G-23). */
export interface FlowSnapshot {
  /** Where the chart is: its innermost state, by name. */
  readonly state: string;
  /** Whether a machine is being waited for. */
  readonly busy: boolean;
  /** Whether another way in should be offered. */
  readonly otherWay: boolean;
  /** Why the last attempt came to nothing. */
  readonly failure: Failure | null;
}

/** A flow that a page has opened. It ends with the page, or with the auth. */
export interface Flow<Snapshot extends FlowSnapshot = FlowSnapshot> {
  /** Whether it moves no more: its page has left, its auth was stopped, or it broke. */
  hasEnded(): boolean;

  getSnapshot(): Snapshot;

  /** Tells each new snapshot. Answers how to stop listening. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void;

  /** Withdraws what is under way. */
  cancel(): void;

  /** The page is gone: nothing is told any more. An answer that the person has given is finished all the same (G-17). */
  leave(): void;
}

/** What is read of every chart. */
export interface ChartSnapshot {
  readonly value: unknown;
  hasTag(tag: 'busy'): boolean;
}

/** What running a flow takes of its actor. */
export interface FlowActor<State extends ChartSnapshot, Event> {
  readonly system: AnyActor['system'];
  start(): unknown;
  stop(): unknown;
  send(event: Event): void;
  getSnapshot(): State;
  subscribe(observer: { next: (state: State) => void; complete: () => void; error: (error: unknown) => void }): unknown;
}

export interface RunningFlow<Snapshot extends FlowSnapshot, Event> extends Flow<Snapshot> {
  send(event: Event): void;
  stop(): void;
}

/**
 * Starts a flow and stands between it and its page.
 *
 * @param actor not started yet
 * @param read what a view may see of the chart's state
 * @param atEnd what a view may still see once nothing moves any more: nothing that asks for a tap
 * @param onEnd is called once, when the flow has ended, with the fault that ended it
 * @param onProblem hears of listeners that throw
 */
export function runFlow<State extends ChartSnapshot, Event, Snapshot extends FlowSnapshot>(
  actor: FlowActor<State, Event | { type: 'CANCEL' }>,
  read: (state: State) => Snapshot,
  {
    atEnd = (last) => last,
    onEnd,
    onProblem,
  }: {
    atEnd?: ((last: Snapshot) => Snapshot) | undefined;
    onEnd: (error: unknown) => void;
    onProblem: (failure: Failure) => void;
  },
): RunningFlow<Snapshot, Event> {
  const listeners = createListeners<Snapshot>(onProblem);
  let snapshot = read(actor.getSnapshot());
  let isLeft = false;
  let hasEnded = false;

  const end = (error: unknown) => {
    if (hasEnded) return;
    hasEnded = true;
    onEnd(error);
    const last = atEnd(snapshot);
    // Nothing will come any more: whoever shows that it is waited for, or can be asked, has to hear it.
    const next = snapshot.busy
      ? { ...last, busy: false, failure: error ? toFailure(error) : new Failure('cancelled') }
      : last;
    if (isSame(snapshot, next)) return;
    snapshot = next;
    listeners.tell(next);
  };
  const stop = () => {
    end(null);
    actor.stop();
  };
  const send = (event: Event | { type: 'CANCEL' }) => {
    if (!hasEnded) actor.send(event);
  };
  const publish = (state: State) => {
    const next = read(state);
    if (isSame(snapshot, next)) return;
    snapshot = next;
    listeners.tell(next, () => snapshot === next);
  };

  actor.subscribe({
    next(state) {
      publish(state);
      if (isLeft && !state.hasTag('busy')) stop();
    },
    complete: () => end(null),
    error: end,
  });
  actor.start();

  return {
    hasEnded: () => hasEnded,
    getSnapshot: () => snapshot,
    subscribe: (listener) => listeners.add(listener),
    send,
    cancel: () => send({ type: 'CANCEL' }),
    leave() {
      isLeft = true;
      listeners.clear();
      if (!actor.getSnapshot().hasTag('busy')) stop();
    },
    stop,
  };
}

/** What a page may do with any flow; its events are sent by names of their own. */
export function membersOf<Snapshot extends FlowSnapshot>({
  hasEnded,
  getSnapshot,
  subscribe,
  cancel,
  leave,
}: Flow<Snapshot>): Flow<Snapshot> {
  return { hasEnded, getSnapshot, subscribe, cancel, leave };
}

/** The innermost state's name. */
export function nameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return nameOf(Object.values(value)[0]);
}
