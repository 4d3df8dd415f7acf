import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isReached } from '../../bench/server/aims.js';
import { crowds } from '../../bench/server/crowds.js';
import { SERVER_HEADING, serverPage } from '../../bench/server/page.js';
import { inTurn } from '../../bench/server/rounds.js';
import { figure, quantile, ratio } from '../../bench/server/statistics.js';
import { HEADS } from '../../bench/server/tables.js';

const readme = readFileSync('bench/README.md', 'utf8');
const told = readme.slice(readme.indexOf(SERVER_HEADING));

/** The rows of the table with this head, as cells. */
function rowsUnder(head: readonly string[]): string[][] {
  const [, below = ''] = told.split(`| ${head.join(' | ')} |\n`);
  const [table = ''] = below.split('\n\n');
  const [, ...rows] = table.trim().split('\n');
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const FIGURE = /^\*{0,2}\d+(\.\d+)?\*{0,2} \(\d+(\.\d+)? – \d+(\.\d+)?\)$/;

describe('the server’s part of bench/README.md', () => {
  it('has the date, the command, and the cores and the memory of the machine', () => {
    expect(told).toMatch(
      /^Run on \d{4}-\d\d-\d\d by `npm run bench( -- --\w+)?`, on \d+ cores \(.+\), \d+ GiB of memory/m,
    );
    const [, date = '', command = '', machine = ''] = /^Run on (\S+) by `(.+)`, on (.+)\.$/m.exec(told) ?? [];
    const [, tables = ''] = told.split('at each commit.\n\n');
    expect(told).toBe(serverPage(tables, date, command, machine));
  });

  it.each(['signIns', 'latency'] as const)('has each way to sign in on each database: %s', (name) => {
    const rows = rowsUnder(HEADS[name]);
    expect(rows.map(([, way]) => way)).toEqual([...crowds, ...crowds].map(({ name }) => name));
    expect(rows.flatMap(([database = '']) => (database ? [database] : []))).toEqual(['libsql file', 'PostgreSQL']);
    for (const [, , ...figures] of rows) {
      for (const cell of figures.slice(name === 'latency' ? 1 : 0)) expect(cell).toMatch(FIGURE);
    }
  });

  it('says of each aim whether it was reached', () => {
    const rows = rowsUnder(HEADS.aims);
    expect(rows).toHaveLength(7);
    for (const [what = '', wanted = '', measured, reached] of rows) {
      const [side, bound] = wanted.split(' ');
      const limit = side === '≥' ? { atLeast: Number(bound) } : { atMost: Number(bound) };
      const aim = { what, wanted: limit, measured: Number(measured) };
      expect(reached).toBe(isReached(aim) ? 'yes' : '**no**');
    }
  });

  it('has one process beside four, and their PostgreSQL’s', () => {
    const rows = rowsUnder(HEADS.processes);
    expect(rows.map(([count]) => count)).toEqual(['1', '4', '1', '4']);
    for (const cell of rows.flatMap(([, , ...figures]) => figures)) expect(cell).toMatch(FIGURE);
  });

  it('has our decryption beside node:crypto’s', () => {
    const rows = rowsUnder(HEADS.decryptions);
    expect(rows).toHaveLength(3);
    expect(rows[0]?.[2]).toBe('**1.00** (1.00 – 1.00)');
    for (const cell of rows.flatMap(([, ...figures]) => figures)) expect(cell).toMatch(FIGURE);
  });
});

describe('an aim', () => {
  it('is reached where what is read off the page says so', () => {
    const aim = { what: 'sign-ins', wanted: { atLeast: 0.9 } };
    expect([0.896, 0.8949].map((measured) => isReached({ ...aim, measured }))).toEqual([true, false]);
    const cost = { what: 'cost', wanted: { atMost: 1.1 } };
    expect([1.104, 1.106].map((measured) => isReached({ ...cost, measured }))).toEqual([true, false]);
  });
});

describe('how rounds become figures', () => {
  it('takes the median, and what lies between two values in proportion', () => {
    expect(figure([5, 1, 3])).toEqual({ median: 3, least: 1, most: 5 });
    expect(quantile([4, 1, 2, 3], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4, 5], 0.99)).toBeCloseTo(4.96);
  });

  it('compares each round with the other’s same round, so that a slow one counts for both', () => {
    expect(ratio([10, 1, 20], [10, 1, 10])).toEqual({ median: 1, least: 1, most: 2 });
  });

  it('takes turns', async () => {
    const said: string[] = [];
    const turn = (name: string) => async () => said.push(name);
    expect(await inTurn(2, [turn('a'), turn('b')])).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(said).toEqual(['a', 'b', 'a', 'b']);
  });
});
