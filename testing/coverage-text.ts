import type { CoverageReport, Tally } from './coverage.js';

/** Of pairs there may be thousands that cannot be: a few are named. */
const MOST_NAMED = 20;

/** What was exercised, and by name what was missed. */
export function tellCoverage({ charts, answers, pairs }: Pick<CoverageReport, 'charts' | 'answers' | 'pairs'>): string {
  const lines = [...charts].flatMap(([id, { transitions, missed }]) =>
    tell(`transitions of ${id}`, { met: transitions.length - missed.length, of: transitions.length, missed }),
  );
  return [...lines, ...tell('answers', answers), ...tell('pairs of states', pairs, MOST_NAMED)].join('\n');
}

function tell(what: string, { met, of, missed }: Tally, most = Number.POSITIVE_INFINITY): string[] {
  const named = missed.slice(0, most).map((name) => `  missed: ${name}`);
  const rest = missed.length > named.length ? [`  and ${missed.length - named.length} more`] : [];
  return [`${met} of ${of} ${what}`, ...named, ...rest];
}
