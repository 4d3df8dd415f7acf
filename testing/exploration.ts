import type { Verdict } from './calls.js';
import type { Reading } from './identity.js';
import type { Property } from './property.js';
import type { LateRule, Stage } from './stage.js';

/** What may happen next, by name; each is done at once. */
export type Moves = Readonly<Record<string, () => void>>;

/** One run of what is explored, from its start. */
export interface Run {
  /** What the world may do beside answering calls and letting timers go off. */
  moves(): Moves;
  /** Which of these moves end a flow from outside, as whoever leaves its page does. Default: none. */
  readonly endings?: readonly string[];
  /** What of the world decides its future, beside charts, calls and timers: open sheets, say. */
  identity?(): unknown;
  /** In a few words, for stories: what the charts do not show of the world. */
  describe?(): string;
  /** Throws where something has happened that this world is not made for. It is asked after every step. */
  check?(): void;
  /** Ends what stopping its actors does not end. */
  end?(): void;
}

/** How a call may be answered: the same verdict each time, or one that is made for it. */
export type Answer = Verdict | AnswerMaker;

export interface AnswerMaker {
  (input: unknown, stage: Stage): Verdict;
  /** Whether it makes anything of what the call was given; else that does not count once nobody waits. Default: it does. */
  readonly readsInput?: boolean;
}

/** Whether what a call was given decides how it is answered. */
export function readsInput(answers: Answers, call: string): boolean {
  return Object.values(answers[call] ?? {}).some(
    (answer) => typeof answer === 'function' && answer.readsInput !== false,
  );
}

/** By the name of the call: by a word for it, each answer that it may be given. */
export type Answers = Readonly<Record<string, Readonly<Record<string, Answer>>>>;

/** How far an exploration goes. Left out: to closure. */
export interface Bound {
  /** The longest history, in moves. */
  readonly moves?: number;
  /** Ends with an error where there are more states: a state may be told apart by what never returns. */
  readonly states?: number;
  /** How many calls that were given up may still be answered; those before them never are. Default: 1. */
  readonly late?: number;
  /** The names of the calls that may be answered late; those of others never are. Default: all. */
  readonly lateCalls?: readonly string[];
}

/** What is explored, and by which answers, for which properties, how far. */
export interface Exploration {
  /** As a constant would be called: pasted tests and stories name it so. */
  readonly name: string;
  /** Starts a run on this stage. Runs have to be alike: nothing of one may be left to the next. */
  begin(stage: Stage): Run;
  readonly answers: Answers;
  readonly properties?: readonly Property[];
  readonly bound?: Bound;
  /** What counts of the contexts of charts. Default: all. */
  readonly reads?: readonly Reading[];
  /**
   * Whether what is explored passes answers on through promises of the language. Then each step ends with a turn of the
   * event loop; without, all happens in one stack.
   */
  readonly usesPromises?: boolean;
  /** Whether nobody waits for a call that no actor of its name has made. Default: there is a newer one of its name. */
  readonly isLate?: LateRule;
}
