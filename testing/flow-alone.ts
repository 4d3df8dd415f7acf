import {
  type AnyActorRef,
  type AnyStateMachine,
  createActor,
  type EventFrom,
  type InputFrom,
  type SnapshotFrom,
  StateMachine,
} from 'xstate';
import { fromTask } from '../machines/task.js';
import { isActive } from './cast.js';
import { type Companion, createCompanions, type Living } from './companion.js';
import type { Exploration, Moves } from './exploration.js';
import type { Stage } from './stage.js';

/** A flow by itself, and all that the world may do to it. */
export interface FlowAlone<Flow extends AnyStateMachine> extends Omit<Exploration, 'begin'> {
  readonly flow: Flow;
  readonly input: (stage: Stage) => InputFrom<Flow>;
  /** The actors that live beside the flow, by their names. Those of `answers` are calls. */
  readonly companions?: Readonly<Record<string, Companion>>;
  /** Deeds that the flow leaves to others, by their names. They are noted, for properties. */
  readonly deeds?: readonly string[];
  /** What a person, or whoever holds the flow, may send it: by a word, in any state or where it makes sense. */
  readonly events?: Readonly<Record<string, EventFrom<Flow> | EventWhere<Flow>>>;
  /** What else may happen, such as time that passes in the background. */
  readonly happens?: (stage: Stage, snapshot: SnapshotFrom<Flow>) => Moves;
}

type EventWhere<Flow extends AnyStateMachine> = (snapshot: SnapshotFrom<Flow>, stage: Stage) => EventFrom<Flow> | null;

/** The move by which every flow may be ended. */
export const VIEW_GONE = 'the view is gone';

/** Explores one chart by itself, its charts within included, on the very machine that is given. */
export function flowAlone<Flow extends AnyStateMachine>({
  flow,
  input,
  companions = {},
  deeds = [],
  events = {},
  happens = () => ({}),
  ...exploration
}: FlowAlone<Flow>): Exploration {
  /** Machines are bound once, because that takes longer than a hundred steps; so what they call is of the current run. */
  let current: { stage: Stage; living: Set<Living> } | null = null;
  const now = () => {
    if (!current) throw new Error(`${exploration.name} has not begun`);
    return current;
  };
  const players = createCompanions(() => now().living);

  const bind = <Machine extends AnyStateMachine>(machine: Machine): Machine => {
    const actors: Record<string, unknown> = {};
    for (const [name, logic] of Object.entries(machine.implementations.actors)) {
      const companion = companions[name];
      if (name in exploration.answers) actors[name] = fromTask(({ input }) => now().stage.call(name, input));
      else if (companion) actors[name] = players.logic(name, companion);
      else if (logic instanceof StateMachine) actors[name] = bind(logic);
    }
    const noted = deeds.filter((name) => name in machine.implementations.actions);
    const actions = Object.fromEntries(noted.map((name) => [name, () => now().stage.note(name, machine.id)]));
    // Bound to other actors it is the same machine, which `provide` cannot say of one that it knows nothing of.
    return machine.provide({ actors, actions } as Parameters<Machine['provide']>[0]) as Machine;
  };
  const bound = bind(flow);
  const sendable = Object.entries(events);

  return {
    ...exploration,
    begin(stage) {
      const living = new Set<Living>();
      current = { stage, living };
      const actor = createActor(bound, { input: input(stage), clock: stage.clock, inspect: stage.inspect });
      // A chart that breaks is a property's to tell; without anybody who listens it would end the process.
      actor.subscribe({ error: () => {} });
      actor.start();
      return {
        moves() {
          if (!isActive(actor)) return {};
          const snapshot: SnapshotFrom<Flow> = actor.getSnapshot();
          return {
            ...eventMoves(actor, snapshot, sendable, stage),
            ...players.moves(stage),
            ...happens(stage, snapshot),
            [VIEW_GONE]: () => actor.stop(),
          };
        },
        endings: [VIEW_GONE],
        identity: () => players.identity(),
      };
    },
  };
}

function eventMoves<Flow extends AnyStateMachine>(
  actor: AnyActorRef,
  snapshot: SnapshotFrom<Flow>,
  events: readonly [word: string, event: EventFrom<Flow> | EventWhere<Flow>][],
  stage: Stage,
): Moves {
  const moves: Record<string, () => void> = {};
  for (const [word, event] of events) {
    const sent = typeof event === 'function' ? event(snapshot, stage) : event;
    if (sent) moves[word] = () => actor.send(sent);
  }
  return moves;
}
