import type { StateValue } from 'xstate';

/**
 * Plain data in which nothing secret is left (G-23). What JSON cannot say, or nobody else may know, stands as an object
 * with one field that begins with `$`.
 */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

/** One step of one chart. */
export interface Step {
  readonly kind: 'step';
  /** Grows by one with each record of an app's run. */
  readonly seq: number;
  /** Grows with each event that is sent: a cause has a lower one than its effects, although it may be told later. */
  readonly order: number;
  /** When the event was sent, in milliseconds since the epoch. */
  readonly at: number;
  /** Which running chart: `session#1`. */
  readonly actor: string;
  /** Which chart it runs. */
  readonly machine: string;
  readonly event: { readonly type: string; readonly [name: string]: Plain };
  /** Where it is now. */
  readonly value: StateValue;
  readonly status: 'active' | 'done' | 'error' | 'stopped';
}

/** A chart has begun to wait for a call of a port. */
export interface Call {
  readonly kind: 'call';
  readonly seq: number;
  readonly order: number;
  readonly at: number;
  /** Which running chart waits. */
  readonly actor: string;
  /** Which call of which name: `checkSession#2`. */
  readonly call: string;
  /** The port's method, or what a companion was asked. */
  readonly name: string;
}

/** What came of a call. */
export interface Answer {
  readonly kind: 'answer';
  readonly seq: number;
  readonly call: string;
  /** How long it took, in milliseconds. */
  readonly took: number;
  readonly outcome: 'done' | 'failed' | 'left';
  /** The kind of the failure, where it failed. */
  readonly failure: string | null;
}

/** What an app's inspector tells, and a log consists of. */
export type InspectionRecord = Step | Call | Answer;
