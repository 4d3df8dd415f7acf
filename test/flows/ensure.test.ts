import { describe, expect, it } from 'vitest';
import { createTestApp, SIGN_IN, watch, wordOf } from '../support/app.js';

describe('ensure', () => {
  it('signs in silently: one host login, one request', async () => {
    const { auth, clock, count, requests } = createTestApp();
    const session = watch(auth.ensure());
    await clock.advance(1000);
    expect(wordOf(session)).toBe('ok');
    expect(auth.getSnapshot()).toMatchObject({ status: 'signedIn', busy: false, failure: null });
    expect([count('login'), requests(SIGN_IN)]).toEqual([1, 1]);
  });

  it('answers a hundred equal calls with one sign-in (G-05)', async () => {
    const { auth, clock, count, requests } = createTestApp();
    const sessions = Array.from({ length: 100 }, () => watch(auth.ensure()));
    await clock.advance(1000);
    expect(new Set(sessions.map(wordOf))).toEqual(new Set(['ok']));
    expect([count('login'), requests(SIGN_IN)]).toEqual([1, 1]);
  });

  it('makes three sign-ins of a hundred calls with three sets of options, one after the other (G-05, G-06)', async () => {
    const { auth, clock, count, device, requests } = createTestApp();
    const kinds = [{ createUser: false }, {}, { withUnionId: true }];
    const answers = Array.from({ length: 100 }, (_, i) => watch(auth.ensure(kinds[i % 3])));
    await clock.advance(5000);
    const words = [0, 1, 2].map((kind) => new Set(answers.filter((_, i) => i % 3 === kind).map(wordOf)));
    expect(words).toEqual([new Set(['unregistered']), new Set(['ok']), new Set(['ok'])]);
    expect([count('login'), requests(SIGN_IN), device.maxConcurrent('login')]).toEqual([3, 3, 1]);
  });
});
