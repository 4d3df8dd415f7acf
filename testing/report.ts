import type { CoverageReport } from './coverage.js';

/** What an exploration has found. */
export interface Report {
  readonly name: string;
  readonly states: number;
  readonly transitions: number;
  /** How many histories were walked from the start, each on actors of its own. */
  readonly paths: number;
  /** How many moves were made, those that were known already included. */
  readonly steps: number;
  readonly milliseconds: number;
  /** Whether every move of every state was tried, so that nothing lies beyond a bound. */
  readonly isClosed: boolean;
  /** The length of the longest of the shortest histories, in moves. */
  readonly depth: number;
  /** How many merges of two histories were replayed from both. */
  readonly merges: number;
  /** None, or the one with the shortest history. */
  readonly violations: readonly Violation[];
  readonly coverage: CoverageReport;
}

export interface Violation {
  readonly property: string;
  /** What is wrong. */
  readonly text: string;
  /** The shortest history that leads there. */
  readonly moves: readonly string[];
  /** The same for people, with the states that it leads through. */
  readonly story: string;
  /**
   * The same as a test that can be pasted beside the exploration. `null` where states were taken for the same that are
   * not: that takes two histories to see.
   */
  readonly test: string | null;
}
