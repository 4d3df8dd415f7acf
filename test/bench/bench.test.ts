import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Measured, measure, type Row } from '../../bench/measure.js';
import { page } from '../../bench/page.js';
import { SERVER_HEADING } from '../../bench/server/page.js';
import { tables } from '../../bench/tables.js';

const minute = 60_000;
let measured: Measured;
beforeAll(async () => {
  measured = await measure();
}, 2 * minute);

const rowsOf = (part: string) => {
  const rows = measured.counts.filter(({ name }) => name.includes(part));
  expect(rows).not.toEqual([]);
  return rows;
};

/** Each row for each published SDK: what it came to with that, and with denglu. */
const pairs = <T>(rows: readonly Row<T>[]) =>
  rows.flatMap(({ name, results }) => {
    const denglu = results.at(-1);
    if (denglu === undefined) throw new Error(`${name} was not measured.`);
    return results.slice(0, -1).map((sdk) => ({ name, sdk, denglu }));
  });

describe('denglu/baas beside the published SDKs, on the same host and server', () => {
  it('is measured against both published versions', () => {
    expect(measured.names).toEqual(['minapp-sdk 3.22.0', 'minapp-sdk 3.23.6', 'denglu/baas']);
    expect([...measured.counts, ...measured.faults].filter(({ results }) => results.length !== 3)).toEqual([]);
  });

  it('never calls wx.login, nor sends a request, that an SDK spares where it comes to the same', () => {
    const same = pairs(measured.counts).filter(({ sdk, denglu }) => sdk.outcome === denglu.outcome);
    expect(same.length).toBeGreaterThanOrEqual(10);
    expect(same.filter(({ sdk, denglu }) => denglu.logins > sdk.logins)).toEqual([]);
    expect(same.filter(({ sdk, denglu }) => denglu.requests > sdk.requests)).toEqual([]);
  });

  it('asks less than an SDK that renews by itself where a hundred getCurrentUser meet a revoked token (G-05)', () => {
    for (const { sdk, denglu } of pairs(rowsOf('`getCurrentUser`, a hundred times at once; the SDK with'))) {
      expect(denglu).toMatchObject({ requests: 2, outcome: sdk.outcome });
      expect(sdk.requests).toBeGreaterThan(denglu.requests);
    }
  });

  it('needs no login and no request for a warm start', () => {
    for (const { denglu } of pairs(rowsOf('Warm start'))) {
      expect(denglu).toMatchObject({ logins: 0, requests: 0, outcome: 'right user' });
    }
  });

  it('answers each of a hundred mixed calls its own user by one login of the host, where the SDK mixes them up (G-05)', () => {
    for (const { sdk, denglu } of pairs(rowsOf('One hundred calls'))) {
      expect(sdk.outcome).toContain('wrong user');
      expect(denglu).toMatchObject({ logins: 1, outcome: '100 × right user' });
    }
  });

  it('renews a revoked token once for a hundred requests, and each is sent once more at most (G-05)', () => {
    for (const { denglu } of pairs(rowsOf('A revoked token'))) {
      expect(denglu.logins).toBe(1);
      expect(denglu.requests).toBeLessThanOrEqual(100 + 1 + 100);
      expect(denglu.outcome).toMatch(/^100 × (right user|set)$/);
    }
  });

  it.each([
    ['1', 'plain: 404', 'plain: signed in; `login(a)`, `login(b)`: 2 of 2 right'],
    ['2', 'still waiting after 60 s; then: still waiting after 60 s', '601 timeout; then: signed in'],
    [
      '3',
      '603; 603; 603; 603; signed in',
      '603 denied; 603 quota-exhausted; 603 not-permitted; signed in; 605 invalid-request',
    ],
    ['4', '401; 401; 401', 'answered; answered; signed out'],
    ['5', 'a user whom nobody asked for', '401 token-rejected; made nobody'],
    [
      '6',
      'logout: signed out; the login: signed in; afterwards: somebody is signed in',
      'logout: signed out; the login: 604 cancelled; afterwards: nobody is signed in',
    ],
    ['7', 'throws in the caller’s stack; ', 'answers; '],
    ['7', 'object loses its password', 'object is left as it was'],
  ])('fault %s comes to "%s" with the SDK, and to "%s" with denglu', (number, sdk, denglu) => {
    const told = pairs(measured.faults.filter(({ name }) => name.startsWith(`${number}:`)));
    expect(told).toHaveLength(2);
    for (const each of told) {
      expect(each.sdk).toContain(sdk);
      expect(each.denglu).toContain(denglu);
    }
  });
});

it('bench/README.md gives what npm run bench prints (else: npm run bench -- --write)', () => {
  const told = readFileSync('bench/README.md', 'utf8');
  const date = told.match(/\d{4}-\d\d-\d\d/)?.[0] ?? '';
  expect(told).toBe(page(tables(measured), date, told.slice(told.indexOf(SERVER_HEADING))));
});
