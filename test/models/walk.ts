import type { AnyActorRef, AnyStateMachine, AnyStateNode, AnyTransitionDefinition, InspectionEvent } from 'xstate';
import type { TaskLogic } from '../../machines/task.js';
import type { Clock } from '../../ports/clock.js';

/** One run of a chart on a live actor, with everything that may happen to it next. */
export interface Run {
  actor: AnyActorRef;
  /** What may happen now, by name; each is done at once. */
  moves(): Record<string, () => void>;
  /** What of this run decides its future, in words: runs with equal keys are visited once. */
  key(): string;
}

export interface Walk {
  states: number;
  steps: number;
  /** Declared transitions that no run took. */
  leftOut: string[];
  /** Paths after which a check complained, shortest first. */
  complaints: string[];
}

/**
 * Walks every interleaving of a chart's world, breadth first, each path replayed from its start on a live actor.
 *
 * @param machine whose transitions have to be taken; runs must be made of this very machine
 * @param begin starts a run
 * @param check complains about a run that broke a rule
 * @param limit how many states may be found before the walk gives up
 */
export function walk<R extends Run>(
  machine: AnyStateMachine,
  begin: (inspect: (event: InspectionEvent) => void) => R,
  check: (run: R) => string | null,
  limit = 20_000,
): Walk {
  const declared = declaredTransitions(machine);
  const taken = new Set<AnyTransitionDefinition>();
  const inspect = (event: InspectionEvent) => {
    if (event.type === '@xstate.microstep') for (const transition of event._transitions) taken.add(transition);
  };
  const complaints: string[] = [];
  const seen = new Set<string>();
  let steps = 0;

  const replay = (path: readonly string[]) => {
    const run = begin(inspect);
    for (const name of path) {
      const move = run.moves()[name];
      if (!move) throw new Error(`${path.join(' → ')}: "${name}" is not possible on replay`);
      move();
      steps += 1;
    }
    return run;
  };

  let frontier: string[][] = [[]];
  const start = replay([]);
  seen.add(start.key());
  start.actor.stop();
  while (frontier.length > 0) {
    const next: string[][] = [];
    for (const path of frontier) {
      const reached = replay(path);
      const names = Object.keys(reached.moves());
      reached.actor.stop();
      for (const name of names) {
        const longer = [...path, name];
        const run = replay(longer);
        const complaint = check(run);
        if (complaint) complaints.push(`${longer.join(' → ')}: ${complaint}`);
        const key = run.key();
        if (!seen.has(key)) {
          seen.add(key);
          next.push(longer);
        }
        run.actor.stop();
      }
      if (seen.size > limit) throw new Error(`more than ${limit} states`);
    }
    frontier = next;
  }
  const leftOut = [...declared].filter(([transition]) => !taken.has(transition)).map(([, label]) => label);
  return { states: seen.size, steps, leftOut, complaints };
}

/** Every transition of a chart, with a name for it. */
export function declaredTransitions(machine: AnyStateMachine): Map<AnyTransitionDefinition, string> {
  const declared = new Map<AnyTransitionDefinition, string>();
  const visit = (node: AnyStateNode) => {
    for (const [event, transitions] of [...node.transitions, ['always', node.always ?? []] as const]) {
      transitions.forEach((transition: AnyTransitionDefinition, index: number) => {
        const targets = (transition.target ?? []).map((target) => `#${target.id}`).join(' ') || 'nowhere';
        declared.set(transition, `${node.id} on ${event} (${index + 1}) to ${targets}`);
      });
    }
    for (const child of Object.values(node.states)) visit(child);
  };
  visit(machine.root);
  return declared;
}

/** A clock whose timers are moves: the test fires the one it chooses. */
export function createChosenClock(start = 0) {
  let time = start;
  let serial = 0;
  const timers = new Map<number, { delay: number; callback: () => void }>();
  const clock: Clock = {
    now: () => time,
    setTimeout(callback, delay) {
      serial += 1;
      timers.set(serial, { delay, callback });
      return serial;
    },
    clearTimeout: (timer) => void timers.delete(timer as number),
  };
  return {
    clock,
    pass(ms: number) {
      time += ms;
    },
    /** The delays of the timers that are set, in their order. */
    delays: () => [...timers.values()].map(({ delay }) => delay),
    moves(): Record<string, () => void> {
      return Object.fromEntries(
        [...timers].map(([id, { delay, callback }], index) => [
          `timer ${index + 1} fires (${Math.round(delay)} ms)`,
          () => {
            timers.delete(id);
            time += delay;
            callback();
          },
        ]),
      );
    },
  };
}

type Verdict = { value: unknown } | { error: unknown };

/** Calls that wait for the test's verdict, and take it in the stack that gives it. */
export function createPendingCalls() {
  let calls: { name: string; self: unknown; end: (verdict: Verdict) => void }[] = [];
  return {
    names: () => calls.map(({ name }) => name),
    /** A task actor whose end is the test's to choose. */
    task<Output, Input>(name: string): TaskLogic<Output, Input> {
      return {
        getInitialSnapshot: (_scope, input) => ({ status: 'active', output: undefined, error: undefined, input }),
        start: (_snapshot, { self }) => {
          calls.push({ name, self, end: (verdict) => self.send({ type: 'verdict', verdict }) });
        },
        transition: (snapshot, event, { self }) => {
          if (event.type === 'xstate.stop') {
            calls = calls.filter((call) => call.self !== self);
            return { ...snapshot, status: 'stopped', output: undefined, error: undefined };
          }
          const verdict: Verdict = event.verdict as Verdict;
          return 'value' in verdict
            ? { status: 'done', output: verdict.value as Output, error: undefined, input: undefined }
            : { status: 'error', output: undefined, error: verdict.error, input: undefined };
        },
        getPersistedSnapshot: (snapshot) => snapshot,
      };
    },
    /** One move for each call that waits and each verdict that there is for its name. */
    moves(verdicts: Record<string, Record<string, Verdict>>): Record<string, () => void> {
      const moves: Record<string, () => void> = {};
      for (const call of calls) {
        for (const [word, verdict] of Object.entries(verdicts[call.name] ?? {})) {
          moves[`${call.name}: ${word}`] = () => {
            calls = calls.filter((other) => other !== call);
            call.end(verdict);
          };
        }
      }
      return moves;
    },
  };
}
