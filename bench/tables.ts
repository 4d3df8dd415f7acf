import { table } from './markdown.js';
import type { Measured } from './measure.js';
import type { Counts } from './scenarios.js';

const cells = ({ logins, others, requests, outcome }: Counts) => [logins, others, requests, outcome];

/** What was measured, in Markdown. */
export function tables({ names, counts, faults }: Measured): string {
  const columns = ['', 'with', '`wx.login`', 'other host calls', 'requests', 'outcome'];
  const costs = counts.flatMap(({ name, results }) =>
    results.map((result, index) => [index === 0 ? name : '', names[index] ?? '', ...cells(result)]),
  );
  const outcomes = faults.map(({ name, results }) => [name, ...results]);
  return `${table(columns, costs)}\n\n${table(['fault', ...names], outcomes)}\n`;
}
