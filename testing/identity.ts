import type { AnyActorRef, AnyMachineSnapshot, AnyStateMachine, ContextFrom, SnapshotFrom } from 'xstate';
import type { Failure } from '../ports/failure.js';
import type { Secret } from '../ports/secret.js';
import { isMachineSnapshot, type Member } from './cast.js';
import { isSooner } from './clock.js';
import type { LiveStage, Stage } from './stage.js';

/** What of a chart's context decides its future: what its guards, delays and calls read. */
export interface Reading {
  readonly machineId: string;
  readonly read: (snapshot: AnyMachineSnapshot, stage: Stage) => unknown;
  /** What counts of where the chart is. Default: all of it. */
  readonly place?: ((snapshot: AnyMachineSnapshot) => unknown) | undefined;
}

/**
 * Says what counts of a chart's context when two states are compared; without it, all of it does. Ages have to become
 * what the chart asks of them (is it too old?), or no two states would ever be the same.
 *
 * @param machine whose context is read
 * @param read answers plain data; secrets, failures and actors in it are made comparable. What counts may depend on where
 *   the chart is, which the third argument tells
 * @param place what counts of where the chart is: say, one word for states that differ in nothing but what they show.
 *   Default: all of it
 */
export function reads<Machine extends AnyStateMachine>(
  machine: Machine,
  read: (context: ContextFrom<Machine>, stage: Stage, snapshot: SnapshotFrom<Machine>) => unknown,
  place?: (snapshot: SnapshotFrom<Machine>) => unknown,
): Reading {
  return {
    machineId: machine.id,
    // A machine that was bound to other actors has other types, and the same snapshots.
    read: (snapshot, stage) => read(snapshot.context, stage, snapshot as SnapshotFrom<Machine>),
    place: place && ((snapshot) => place(snapshot as SnapshotFrom<Machine>)),
  };
}

export interface Peculiarities {
  readonly readings: readonly Reading[];
  /** Whether an answer to this call may depend on what the call was given. */
  readonly isInputRead: (call: string) => boolean;
  /** What else decides the future: the world's own state, and what properties remember. */
  readonly extra: readonly unknown[];
  /** What is known of a secret beside which one it is: whether it was spent, say. */
  readonly markOf: (secret: Secret) => string;
}

/**
 * What a state is, as text: two runs whose texts are equal go on alike.
 *
 * It holds the value of every running chart and what its guards read, the calls that wait, the timers in their order,
 * and what the world and the properties add. What differs from run to run is replaced: of ids, secrets and objects only
 * counts which of them are the same, and of time what it decides. Nor does it count in which order things came that do
 * not meet: actors, calls of different names, timers of which neither has to go off first.
 */
export function identityOf(stage: LiveStage, { readings, isInputRead, extra, markOf }: Peculiarities): string {
  const members = stage.cast.members().toSorted(byName);
  const plain = createPlain(members, markOf);
  return JSON.stringify([
    // A chart that was stopped is as good as none.
    members
      .filter(({ actor }) => actor.getSnapshot().status !== 'stopped')
      .map(({ name, actor }) => [name, ...describe(actor, readings, stage, plain)]),
    stage
      .pendingCalls()
      .toSorted(byName)
      .map(({ name, asker, isLate, input }) => [
        name,
        asker,
        isLate,
        isLate && !isInputRead(name) ? null : plain(input),
      ]),
    timersOf(stage),
    plain(extra),
  ]);
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  if (one.name === other.name) return 0;
  return one.name < other.name ? -1 : 1;
}

function describe(
  actor: AnyActorRef,
  readings: readonly Reading[],
  stage: Stage,
  plain: (value: unknown) => unknown,
): unknown[] {
  const snapshot: unknown = actor.getSnapshot();
  if (!isMachineSnapshot(snapshot)) return [];
  const { status, value, machine, context } = snapshot;
  if (status !== 'active') return [[status, value]];
  const reading = readings.find(({ machineId }) => machineId === machine.id);
  return [reading?.place ? reading.place(snapshot) : value, plain(reading ? reading.read(snapshot, stage) : context)];
}

/** Each with those that go off before it; of their delays the order of magnitude, since some depend on the time of the day. */
function timersOf({ time }: LiveStage): unknown[] {
  const timers = time.timers().toSorted(byName);
  return timers.map((timer) => [
    timer.name,
    Math.round(Math.log2(Math.max(timer.delay, Number.EPSILON))),
    timers.flatMap((other, index) => (isSooner(other, timer) ? [index] : [])),
  ]);
}

/** Turns values into plain data in which everything is numbered by where it comes first. */
function createPlain(members: readonly Member[], markOf: (secret: Secret) => string): (value: unknown) => unknown {
  const actors = new Map<unknown, string>(members.map(({ name, actor }) => [actor, name]));
  const numbers = new Map<object, number>();
  const open = new Set<object>();

  const numberOf = (value: object) => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size + 1);
    return numbers.size;
  };

  const plain = (value: unknown): unknown => {
    if (typeof value === 'function') return 'function';
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
    // Of these JSON makes `null`, or nothing.
    if (value === undefined || typeof value === 'bigint' || typeof value === 'symbol') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (isSecret(value)) return `secret ${numberOf(value)} ${markOf(value)}`;
    if (isActorRef(value)) return `actor ${actors.get(value) ?? numberOf(value)}`;
    if (value instanceof Error) return isFailure(value) ? [value.kind, value.retryAfter] : [value.name, value.message];
    if (value instanceof Date) return value.getTime();
    if (open.has(value)) return 'circle';
    open.add(value);
    const result = contents(value);
    open.delete(value);
    return result;
  };

  const contents = (value: object): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (value instanceof Map) return [...value].map(plain);
    if (value instanceof Set) return [...value].map(plain);
    return Object.keys(value)
      .sort()
      .map((key) => [key, plain(Reflect.get(value, key))]);
  };

  return plain;
}

export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && 'reveal' in value && 'toJSON' in value;
}

function isActorRef(value: object): boolean {
  return 'sessionId' in value && 'getSnapshot' in value;
}

function isFailure(error: Error): error is Failure {
  return error.name === 'Failure' && 'kind' in error;
}
