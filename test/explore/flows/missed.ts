import type { Report } from '../../../testing/index.js';
import { casts } from './all.js';

/**
 * What the casts of a chart have missed: transitions that none of them took, and answers that one of them was offered and
 * never gave.
 *
 * @param reports of what was explored to closure; charts that were explored in only some of their casts are left out
 */
export function missedBy(reports: readonly Report[]): string[] {
  return Object.entries(casts).flatMap(([chart, explorations]) => {
    const ofChart = explorations.flatMap(({ name }) => reports.filter((report) => report.name === name));
    if (ofChart.length < explorations.length) return [];
    const transitions = ofChart
      .map(({ coverage }) => coverage.charts.get(chart)?.missed ?? [])
      .reduce((missed, others) => missed.filter((label) => others.includes(label)));
    const answers = ofChart.flatMap(({ name, coverage }) =>
      coverage.answers.missed.map((answer) => `${name}: ${answer}`),
    );
    return [...transitions, ...answers];
  });
}
