import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Measured, measure } from '../../bench/measure.js';
import { page } from '../../bench/page.js';
import { tables } from '../../bench/tables.js';

const minute = 60_000;
let measured: Measured;
beforeAll(async () => {
  measured = await measure();
}, 2 * minute);

const rowsOf = (name: string) => {
  const rows = measured.counts.filter((row) => row.name.includes(name));
  expect(rows).not.toEqual([]);
  return rows;
};

describe('denglu/baas beside the published SDK, on the same host and server', () => {
  it('never calls wx.login, nor sends a request, that the SDK spares where it comes to the same', () => {
    const same = measured.counts.filter(({ sdk, denglu }) => sdk.outcome === denglu.outcome);
    expect(same.length).toBeGreaterThanOrEqual(5);
    expect(same.filter(({ sdk, denglu }) => denglu.logins > sdk.logins)).toEqual([]);
    // The SDK shares equal requests that are on their way; the page says so.
    const dearer = same.filter(({ sdk, denglu }) => denglu.requests > sdk.requests);
    expect(dearer.map(({ name }) => name)).toEqual([expect.stringContaining('getCurrentUser')]);
  });

  it('needs no login and no request for a warm start', () => {
    for (const { denglu } of rowsOf('Warm start')) {
      expect(denglu).toMatchObject({ logins: 0, requests: 0, outcome: 'right user' });
    }
  });

  it('answers each of a hundred mixed calls its own user by one login of the host, where the SDK mixes them up (G-05)', () => {
    for (const { sdk, denglu } of rowsOf('One hundred calls')) {
      expect(sdk.outcome).toContain('wrong user');
      expect(denglu).toMatchObject({ logins: 1, outcome: '100 × right user' });
    }
  });

  it('renews a revoked token once for a hundred requests, and each is sent once more at most (G-05)', () => {
    for (const { denglu } of rowsOf('A revoked token')) {
      expect(denglu.logins).toBe(1);
      expect(denglu.requests).toBeLessThanOrEqual(100 + 1 + 100);
      expect(denglu.outcome).toMatch(/^100 × (right user|set)$/);
    }
  });

  it.each([
    ['1', 'plain: 404', 'plain: signed in; `login(a)`, `login(b)`: 2 of 2 right'],
    ['2', 'still waiting after 60 s; then: still waiting after 60 s', '601 timeout; then: signed in'],
    ['3', '603; 603; signed in', '603 denied; 603 quota-exhausted; 605 invalid-request'],
    ['4', '401; 401; 401', 'answered; answered; signed out'],
    ['5', 'a user whom nobody asked for', '401 token-rejected; made nobody'],
    ['6', 'somebody is signed in', '604 cancelled; afterwards: nobody is signed in'],
    ['7', 'throws in the caller’s stack', 'rejects'],
    ['7', 'object loses its password', 'object is left as it was'],
  ])('fault %s comes to "%s" with the SDK, and to "%s" with denglu', (number, sdk, denglu) => {
    const fault = measured.faults.find(({ name }) => name.startsWith(`${number}:`));
    expect(fault?.sdk).toContain(sdk);
    expect(fault?.denglu).toContain(denglu);
  });
});

it('bench/README.md gives what npm run bench prints (else: npm run bench -- --write)', () => {
  const told = readFileSync('bench/README.md', 'utf8');
  const date = told.match(/\d{4}-\d\d-\d\d/)?.[0] ?? '';
  expect(told).toBe(page(tables(measured), date));
});
