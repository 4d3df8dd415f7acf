/** What one side tells and the other takes: who tells more has it cut before it is told. */

/** Of names of charts, states, events and calls, in characters. */
export const LONGEST_NAME = 300;
/** Of descriptions, in characters. */
export const LONGEST_TEXT = 2000;
/** Of what a developer calls a device, in characters. */
export const LONGEST_DEVICE = 80;
/** Of one chart. */
export const MOST_STATES = 1000;
/** Of one state. */
export const MOST_MOVES = 500;
/** How deep states, and what an event carries, are inside each other. */
export const DEEPEST = 20;
/** Of one run of an app. */
export const MOST_CHARTS = 60;

/** The beginning of a text that is too long, with a mark that it is one. */
export function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
