import { type AnyMachineSnapshot, type AnyStateMachine, initialTransition, type StateValue, transition } from 'xstate';
import { flows } from './charts/flows.js';
import { createDecoder, type Decoder } from './decode.js';
import type { Log } from './log-file.js';
import type { Step } from './record.js';

export { type Log, type LogRead, readLog } from './log-file.js';

/** Where a flow goes elsewhere than it went when the log was written. */
export interface Difference {
  /** The number of the record. */
  readonly seq: number;
  readonly actor: string;
  readonly event: string;
  readonly logged: StateValue;
  /** Where the flow is now; or, where it broke, why. */
  readonly replayed: StateValue | Error;
}

export interface Replay {
  /** How many steps were replayed. */
  readonly steps: number;
  /** How many running flows they were of. */
  readonly flows: number;
  /** The first difference of each flow: what comes after it has no common ground. */
  readonly differences: readonly Difference[];
  /** Running flows of which not everything could be replayed: the chart is unknown, or their log has gaps. */
  readonly skipped: readonly string[];
}

/**
 * Sends the events of a log to the flows once more, one running flow at a time, and says where they go elsewhere.
 * Nothing is called: what hosts and servers answered then is in the log. Placeholders stand for what was secret.
 *
 * @param log what `readLog` answered
 * @param machines the flows as they are now; default: those of this package
 */
export function replay({ records }: Pick<Log, 'records'>, machines: readonly AnyStateMachine[] = flows): Replay {
  const runs = new Map<string, Step[]>();
  const skipped = new Set<string>();
  let last = 0;
  for (const record of records) {
    // Nobody knows whose the missing ones were.
    if (record.seq !== last + 1) for (const actor of Array.from(runs.keys())) skipped.add(actor);
    last = record.seq;
    if (record.kind !== 'step') continue;
    const steps = runs.get(record.actor);
    if (steps) steps.push(record);
    else runs.set(record.actor, [record]);
  }

  const differences: Difference[] = [];
  let [count, replayed] = [0, 0];
  runs.forEach((steps, actor) => {
    const [first] = steps;
    const machine = machines.find(({ id }) => id === first?.machine);
    if (!machine || first?.event.type !== 'xstate.init') {
      skipped.add(actor);
      return;
    }
    replayed += 1;
    const told = replayRun(machine, steps);
    count += told.steps;
    if (told.difference) {
      // A gap, or what was too long to be kept, may be all that is wrong.
      if (skipped.has(actor) || told.wasCut) skipped.add(actor);
      else differences.push(told.difference);
    }
  });
  return { steps: count, flows: replayed, differences, skipped: Array.from(skipped) };
}

function replayRun(machine: AnyStateMachine, steps: readonly Step[]) {
  let time = 0;
  const decoder = createDecoder(() => time);
  let snapshot: AnyMachineSnapshot | null = null;
  let count = 0;
  for (const step of steps) {
    time = step.at;
    // A flow that was stopped from outside stays where it is.
    if (step.event.type === 'xstate.stop') break;
    const next = go(machine, snapshot, step, decoder);
    count += 1;
    const replayed = next instanceof Error ? next : stateOf(next, step);
    if (replayed instanceof Error || !isSameState(replayed, step.value)) {
      const { seq, actor, event, value } = step;
      const difference: Difference = { seq, actor, event: event.type, logged: value, replayed };
      return { steps: count, difference, wasCut: decoder.wasCut };
    }
    snapshot = next instanceof Error ? null : next;
  }
  return { steps: count, difference: null, wasCut: decoder.wasCut };
}

function go(
  machine: AnyStateMachine,
  snapshot: AnyMachineSnapshot | null,
  { event }: Step,
  { decode }: Decoder,
): AnyMachineSnapshot | Error {
  try {
    const [next] = snapshot
      ? transition(machine, snapshot, Object.assign({ type: event.type }, decode(event)))
      : initialTransition(machine, decode(event.input ?? null));
    return next;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** A flow that fails is told as one, unless it failed then. */
function stateOf({ value, status, error }: AnyMachineSnapshot, step: Step): StateValue | Error {
  if (status !== 'error' || step.status === 'error') return value;
  return error instanceof Error ? error : new Error(String(error));
}

function isSameState(one: StateValue, other: StateValue): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  const [names, others] = [Object.keys(one), Object.keys(other)];
  return (
    names.length === others.length &&
    names.every((name) => {
      const [inside, otherInside] = [one[name], other[name]];
      return inside !== undefined && otherInside !== undefined && isSameState(inside, otherInside);
    })
  );
}
