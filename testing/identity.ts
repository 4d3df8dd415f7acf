import type { AnyActorRef, AnyMachineSnapshot, AnyStateMachine, ContextFrom } from 'xstate';
import type { Failure } from '../ports/failure.js';
import type { Secret } from '../ports/secret.js';
import { isMachineSnapshot, type Member } from './cast.js';
import type { LiveStage, Stage } from './stage.js';

/** What of a chart's context decides its future: what its guards, delays and calls read. */
export interface Reading {
  readonly machineId: string;
  readonly read: (snapshot: AnyMachineSnapshot, stage: Stage) => unknown;
}

/**
 * Says what counts of a chart's context when two states are compared; without it, all of it does. Ages have to become
 * what the chart asks of them (is it too old?), or no two states would ever be the same.
 *
 * @param machine whose context is read
 * @param read answers plain data; secrets, failures and actors in it are made comparable
 */
export function reads<Machine extends AnyStateMachine>(
  machine: Machine,
  read: (context: ContextFrom<Machine>, stage: Stage) => unknown,
): Reading {
  return { machineId: machine.id, read: ({ context }, stage) => read(context, stage) };
}

export interface Peculiarities {
  readonly readings: readonly Reading[];
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
 * counts which of them are the same, and of time what it decides.
 */
export function identityOf(stage: LiveStage, { readings, extra, markOf }: Peculiarities): string {
  const members = stage.cast.members();
  const plain = createPlain(members, markOf);
  return JSON.stringify([
    members.map(({ name, actor }) => [name, ...describe(actor, readings, stage, plain)]),
    stage.pendingCalls().map(({ name, asker, isLate, input }) => [name, asker, isLate, plain(input)]),
    timersOf(stage),
    plain(extra),
  ]);
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
  if (status !== 'active') return [status, value];
  const reading = readings.find(({ machineId }) => machineId === machine.id);
  return [value, plain(reading ? reading.read(snapshot, stage) : context)];
}

/** In the order of setting; of their delays only the order of magnitude, since some depend on the time of the day. */
function timersOf(stage: LiveStage): unknown[] {
  const first = new Map<number, number>();
  return stage.time.timers().map(({ name, delay, step }) => {
    if (!first.has(step)) first.set(step, first.size);
    return [name, Math.round(Math.log2(Math.max(delay, Number.EPSILON))), first.get(step)];
  });
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
    return Object.entries(value).map(([key, inner]) => [key, plain(inner)]);
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
