import { describe, expect, it } from 'vitest';
import { type Report, verify } from '../../testing/index.js';
import { pairs } from './app/pairs.js';
import { casts, flowsAlone } from './flows/all.js';
import { missedBy } from './flows/missed.js';

/** Charts that close at once in all of their casts; `npm run explore` asks the same of all charts. */
const SMALL = ['accountSettings', 'authorizedRequest', 'directCall'];

// A short bound for every day; `npm run explore` goes all the way.
describe.each([...flowsAlone, ...pairs])('$name', (exploration) => {
  it('keeps the guarantees, whatever happens in three moves', () =>
    verify({ ...exploration, bound: { ...exploration.bound, moves: 3 } }, { merges: 20 }));
});

describe('small flows', () => {
  it('take every transition and every answer on the way to closure', { timeout: 120_000 }, async () => {
    const reports: Report[] = [];
    for (const exploration of SMALL.flatMap((chart) => casts[chart] ?? [])) reports.push(await verify(exploration));
    expect(reports.filter(({ isClosed }) => !isClosed)).toEqual([]);
    expect(reports.length).toBeGreaterThan(SMALL.length);
    expect(missedBy(reports)).toEqual([]);
  });
});
