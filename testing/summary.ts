import type { Report } from './report.js';

/** A report in a line: how many states, transitions and paths, in how long. */
export function summaryOf({ name, states, transitions, paths, depth, isClosed, merges, milliseconds }: Report): string {
  const end = isClosed ? 'closed' : `up to ${depth} moves`;
  const seconds = (milliseconds / 1000).toFixed(1);
  return `${name}: ${states} states, ${transitions} transitions, ${paths} paths, ${merges} merges replayed, ${end}, ${seconds} s`;
}
