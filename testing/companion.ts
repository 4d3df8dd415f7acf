import { type AnyEventObject, type CallbackActorLogic, type EventObject, fromCallback } from 'xstate';
import { isEvent } from './check-flow.js';
import type { Moves } from './exploration.js';
import { naming } from './interruption.js';
import type { Stage } from './stage.js';

/** What an actor that lives beside a flow may tell it: a small chart of its own, without a clock. */
export interface Companion<State = unknown> {
  /** How it begins. Plain data: it is a part of what a state is. */
  readonly start: State;
  /** How it goes on after the flow has told it something. Default: unmoved. */
  hears?(state: State, event: AnyEventObject): State;
  /** What it may tell now, by a word for each, and how it goes on then. */
  tells(state: State, stage: Stage): Readonly<Record<string, { readonly event: EventObject; readonly next: State }>>;
}

/** A companion that may tell any of these at any time. */
export function telling(events: Readonly<Record<string, EventObject>>): Companion<null> {
  const tells = Object.fromEntries(Object.entries(events).map(([word, event]) => [word, { event, next: null }]));
  return { start: null, tells: () => tells };
}

/** A companion that never tells anything. */
export const silent: Companion<null> = telling({});

/** The companions of one run. */
export interface Companions {
  logic<State>(name: string, companion: Companion<State>): CallbackActorLogic<AnyEventObject>;
  moves(stage: Stage): Moves;
  /** The state of each that lives. */
  identity(): unknown;
}

interface Living {
  readonly name: string;
  readonly identity: () => unknown;
  readonly moves: (stage: Stage) => Moves;
}

/** @param living those of the run that is under way: machines are bound once, and runs follow one another */
export function createCompanions(living: () => Set<Living>): Companions {
  return {
    logic: <State>(name: string, companion: Companion<State>) =>
      fromCallback<AnyEventObject>(({ receive, sendBack }) => {
        const others = living();
        let state = companion.start;
        receive((event) => {
          state = companion.hears ? companion.hears(state, event) : state;
        });
        const tellings = (stage: Stage) =>
          naming(`the companion "${name}" has thrown`, () => {
            const told = companion.tells(state, stage);
            if (!areTellings(told)) throw new TypeError(NO_TELLINGS);
            return told;
          });
        const one: Living = {
          name,
          identity: () => [name, state],
          moves(stage) {
            const moves: Record<string, () => void> = {};
            for (const [word, { event, next }] of Object.entries(tellings(stage))) {
              moves[`${name}: ${word}`] = () => {
                state = next;
                sendBack(event);
              };
            }
            return moves;
          },
        };
        others.add(one);
        return () => {
          others.delete(one);
        };
      }),
    moves: (stage) => Object.assign({}, ...[...living()].map(({ moves }) => moves(stage))),
    identity: () => [...living()].map(({ identity }) => identity()),
  };
}

const NO_TELLINGS = "what it tells is no event by each word: { 'a word': { event, next } }";

function areTellings(told: unknown): boolean {
  if (typeof told !== 'object' || told === null) return false;
  return Object.values(told).every(
    (one: unknown) => typeof one === 'object' && one !== null && isEvent(Reflect.get(one, 'event')),
  );
}

export type { Living };
