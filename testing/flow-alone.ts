import {
  type AnyActorRef,
  type AnyStateMachine,
  createActor,
  type EventFrom,
  type InputFrom,
  type SnapshotFrom,
} from 'xstate';
import { fromTask } from '../machines/task.js';
import { isActive } from './cast.js';
import { actionsOf, calleesOf, isChart } from './charts-within.js';
import { checkFlow, isEvent } from './check-flow.js';
import { type Companion, createCompanions, type Living } from './companion.js';
import type { Exploration, Moves } from './exploration.js';
import { naming } from './interruption.js';
import type { Stage } from './stage.js';
import { createStrangers } from './strangers.js';

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

/**
 * Explores one chart by itself, its charts within included, on the very machine that is given.
 *
 * @throws TypeError where something is missing, or is no such thing
 * @throws RangeError where a call is left out that would really run, or a name stands for nothing in the flow
 */
export function flowAlone<Flow extends AnyStateMachine>({
  flow,
  input,
  companions = {},
  deeds = [],
  events = {},
  happens = () => ({}),
  ...exploration
}: FlowAlone<Flow>): Exploration {
  checkFlow({ ...exploration, flow, input, companions, deeds, events }, VIEW_GONE);
  /** Machines are bound once, because that takes longer than a hundred steps; so what they call is of the current run. */
  let current: { stage: Stage; living: Set<Living> } | null = null;
  const now = () => {
    if (!current) throw new Error(`${exploration.name} has not begun`);
    return current;
  };
  const players = createCompanions(() => now().living);
  const strangers = createStrangers();

  const bind = <Machine extends AnyStateMachine>(machine: Machine): Machine => {
    const actors: Record<string, unknown> = {};
    for (const { name, logic } of calleesOf(machine)) {
      if (name === null) continue;
      const companion = companions[name];
      if (Object.hasOwn(exploration.answers, name)) {
        actors[name] = strangers.admit(fromTask(({ input }) => now().stage.call(name, input)));
      } else if (companion) actors[name] = strangers.admit(players.logic(name, companion));
      else if (isChart(logic)) actors[name] = bind(logic);
    }
    const noted = actionsOf(machine);
    const actions = Object.fromEntries(
      deeds.filter((name) => noted.has(name)).map((name) => [name, () => now().stage.note(name, machine.id)]),
    );
    // Bound to other actors it is the same machine, which `provide` cannot say of one that it knows nothing of.
    return machine.provide({ actors, actions } as Parameters<Machine['provide']>[0]) as Machine;
  };
  const bound = bind(flow);
  const sendable = Object.entries(events);
  const more = (stage: Stage, snapshot: SnapshotFrom<Flow>) =>
    naming('`happens` has thrown', () => happens(stage, snapshot));

  return {
    ...exploration,
    begin(stage) {
      const living = new Set<Living>();
      current = { stage, living };
      const watch = strangers.watch(stage.inspect);
      const actor = createActor(bound, { input: input(stage), clock: stage.clock, inspect: watch.inspect });
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
            ...more(stage, snapshot),
            [VIEW_GONE]: () => actor.stop(),
          };
        },
        endings: [VIEW_GONE],
        identity: () => players.identity(),
        check: watch.check,
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
    const sent =
      typeof event === 'function'
        ? naming(`the event "${word}" has thrown`, () => eventBy(event, snapshot, stage))
        : event;
    if (sent) moves[word] = () => actor.send(sent);
  }
  return moves;
}

function eventBy<Flow extends AnyStateMachine>(
  event: EventWhere<Flow>,
  snapshot: SnapshotFrom<Flow>,
  stage: Stage,
): EventFrom<Flow> | null {
  const sent = event(snapshot, stage);
  if (sent && !isEvent(sent)) throw new TypeError('what it makes is no event: { type }, or null for none');
  return sent;
}
