import type { Secret } from '../ports/secret.js';
import type { News, Stage } from './stage.js';

/** What was done in a step, and what came of it. */
export interface Step {
  readonly move: string;
  readonly news: readonly News[];
  readonly stage: Stage;
}

/** Follows one run, from its start. */
export interface Watch {
  /** What is wrong after this step; `null` if nothing is. */
  complaint(step: Step): string | null;
  /** The same, asked only in states that were never seen before: for what is costly to check. */
  complaintIfNew?(step: Step): string | null;
  /** What of the past decides what it will say: a part of what a state is. */
  memory?(): unknown;
  /** The same, of a secret: a word for what is known of it. */
  markOf?(secret: Secret): string;
}

/** What has to hold in every step. */
export interface StepProperty {
  /** A sentence, with the id of the guarantee where it has one. */
  readonly name: string;
  /** The calls that it was asked to watch, by name: one that nobody answers would never be seen. */
  readonly calls?: readonly string[];
  watch(stage: Stage): Watch;
}

/** How the world may go on. By an `end` whoever holds a flow gives it up. */
export type MoveKind = 'answer' | 'late answer' | 'time' | 'event' | 'end';

/** What has to be possible, from every state that is concerned, by some moves. */
export interface WayProperty {
  readonly name: string;
  /** Whether a state is concerned. */
  from(stage: Stage): boolean;
  /** Whether this is what has to be reached. */
  to(stage: Stage): boolean;
  /** Whether a move of this kind counts. */
  by(kind: MoveKind): boolean;
}

export type Property = StepProperty | WayProperty;

export function isWayProperty(property: Property): property is WayProperty {
  return 'from' in property;
}

/**
 * A property of one's own: what has to hold after every step.
 *
 * @param name a sentence
 * @param holds `true` where it holds; or what is wrong
 */
export function always(name: string, holds: (stage: Stage) => boolean | string): StepProperty {
  return {
    name,
    watch: () => ({
      complaint({ stage }) {
        const judged = holds(stage);
        return judged === true ? null : judged || 'it does not hold';
      },
    }),
  };
}

/**
 * A property of one's own: what can be reached from every state, or from those that are concerned.
 *
 * @param name a sentence
 * @param to whether this is what has to be reached
 * @param options `from`: which states are concerned; `by`: which moves count. Default: all
 */
export function reachable(
  name: string,
  to: (stage: Stage) => boolean,
  { from = () => true, by = () => true }: Partial<Pick<WayProperty, 'from' | 'by'>> = {},
): WayProperty {
  return { name, to, from, by };
}
