import type { AnyMachineSnapshot, InspectionEvent } from 'xstate';
import type { Clock } from '../ports/clock.js';
import { type Secret, secret } from '../ports/secret.js';
import { createPendingCalls, type PendingCall, type PendingCalls } from './calls.js';
import { type Cast, type Chart, createCast } from './cast.js';
import { createExploringClock, type ExploringClock } from './clock.js';
import { createSettling, type Settling } from './settling.js';

/** What happened in one step, in its order. */
export type News =
  | {
      readonly type: 'called';
      readonly name: string;
      readonly input: unknown;
      readonly pending: readonly PendingCall[];
    }
  | { readonly type: 'inspected'; readonly event: InspectionEvent }
  /** Whatever a world wants its properties to know. */
  | { readonly type: 'noted'; readonly what: string; readonly by: string };

/** What one run is built on: it has the time, the calls and the secrets of the world. */
export interface Stage {
  /** To be given to each actor, or to `createAuth`. */
  readonly clock: Clock;
  readonly inspect: (event: InspectionEvent) => void;
  readonly now: () => number;
  /** Jitter that is always the same. */
  readonly random: () => number;

  /** A call of the world. It is answered in some later step, by one of the exploration's `answers`, or never. */
  call<Output = unknown>(name: string, input?: unknown): PromiseLike<Output>;

  /** A new secret whose text tells itself apart from every other text: what shows it is found out. */
  secret(what: string): Secret;

  /**
   * Lets time pass in which no timer goes off, as in the background.
   *
   * @param ms in milliseconds
   * @throws RangeError where it would go back, or never end
   */
  pass(ms: number): void;

  /** Tells something to the properties. */
  note(what: string, by: string): void;

  /** Every chart that runs, or has run last. */
  charts(): readonly Chart[];

  /** The newest chart of this machine. */
  chart(machineId: string): AnyMachineSnapshot | undefined;

  /** The calls that wait for an answer, in the order of calling. */
  pendingCalls(): readonly PendingCall[];

  /** The names of the timers that are set, in the order of setting. */
  timers(): readonly string[];
}

/** A stage as the explorer sees it. */
export interface LiveStage extends Stage {
  readonly time: ExploringClock;
  readonly calls: PendingCalls;
  readonly cast: Cast;
  readonly settling: Settling;
  /** What happened since the last time that it was taken. */
  takeNews(): readonly News[];
}

/** Whether nobody waits any more for a call that no actor of its name has made, such as a companion's. */
export type LateRule = (stage: Stage, call: Pick<PendingCall, 'name' | 'calledAt'>, isNewest: boolean) => boolean;

/** How the text of every secret of a stage begins. */
export const SECRET_MARK = 'this-is-secret:';

/** @param isLate as of {@link createPendingCalls} */
export function createStage(isLate: LateRule): LiveStage {
  const cast = createCast();
  const time = createExploringClock(cast.nameTimer);
  const calls = createPendingCalls(time.now, (call, isNewest) => isLate(stage, call, isNewest));
  const settling = createSettling();
  let news: News[] = [];
  let secrets = 0;

  const stage: LiveStage = {
    clock: time,
    time,
    calls,
    cast,
    settling,
    now: time.now,
    random: () => 0.5,
    inspect(event) {
      cast.hear(event);
      news.push({ type: 'inspected', event });
      settling.hear(event);
    },
    call<Output>(name: string, input: unknown) {
      news.push({ type: 'called', name, input, pending: calls.pending() });
      return calls.call<Output>(name, input);
    },
    secret(what) {
      secrets += 1;
      return secret(`${SECRET_MARK}${what}-${secrets}`);
    },
    pass: time.pass,
    note: (what, by) => news.push({ type: 'noted', what, by }),
    charts: cast.charts,
    chart: (machineId) => cast.charts().findLast(({ snapshot }) => snapshot.machine.id === machineId)?.snapshot,
    pendingCalls: calls.pending,
    timers: () => time.timers().map(({ name }) => name),
    takeNews() {
      const taken = news;
      news = [];
      return taken;
    },
  };
  return stage;
}
