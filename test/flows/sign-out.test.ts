import { describe, expect, it } from 'vitest';
import { createTestApp, SIGN_IN, SIGN_OUT, watch, wordOf } from '../support/app.js';

const second = 1000;
const STORED = 'denglu:session';

describe('sign-out', () => {
  it('forgets the session here at once, then tells the server', async () => {
    const app = createTestApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    const out = watch(app.auth.signOut());
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signingOut', user: null });
    expect(app.device.wx.getStorageSync(STORED)).toBe('');
    await app.clock.advance(second);
    expect([wordOf(out), app.auth.getSnapshot().status, app.requests(SIGN_OUT)]).toEqual(['ok', 'signedOut', 1]);
  });

  it('cancels a sign-in that is in flight, and wins over its late answer', async () => {
    const app = createTestApp();
    app.backend.failNext(SIGN_IN, { delay: 5 * second });
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    const out = watch(app.auth.signOut());
    await app.clock.advance(10 * second);
    expect([wordOf(session), wordOf(out)]).toEqual(['cancelled', 'ok']);
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedOut', user: null });
    expect(app.device.wx.getStorageSync(STORED)).toBe('');
  });

  it('gives the key of a sheet that it closes to nobody: the sign-in that waits for it ends unsent (G-06)', async () => {
    const app = createTestApp({}, { baseLibrary: '2.21.1' });
    const flow = app.auth.phone();
    await app.clock.advance(second);
    app.device.press(
      { openType: 'getPhoneNumber' },
      { tap: () => flow.ask(), getphonenumber: ({ detail }) => flow.answer(detail) },
    );
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    watch(app.auth.signOut());
    await app.clock.advance(second);
    expect([flow.getSnapshot().state, wordOf(session), app.requests(SIGN_IN)]).toEqual(['inviting', 'cancelled', 0]);
  });

  it('cancels a renewal that is in flight, for all who wait for it', async () => {
    const app = createTestApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    app.backend.revokeTokens();
    app.backend.failNext(SIGN_IN, { delay: 5 * second });
    const requests = [watch(app.auth.request({ url: '/a' })), watch(app.auth.request({ url: '/b' }))];
    await app.clock.advance(second);
    watch(app.auth.signOut());
    await app.clock.advance(10 * second);
    expect(requests.map(wordOf)).toEqual(['cancelled', 'cancelled']);
    expect(app.auth.getSnapshot().status).toBe('signedOut');
  });

  it('is not undone by a rejected token that comes late (G-05)', async () => {
    const app = createTestApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    app.backend.failNext('/orders', { delay: 3 * second });
    const request = watch(app.auth.request({ url: '/orders' }));
    await app.clock.advance(second);
    watch(app.auth.signOut());
    await app.clock.advance(10 * second);
    expect(wordOf(request)).toBe('cancelled');
    expect([app.auth.getSnapshot().status, app.count('login')]).toEqual(['signedOut', 1]);
  });

  it.each([
    ['is unreachable', { status: 502, code: 'HOST_UNAVAILABLE' }],
    ['never answers', { hang: true }],
    ['does not know the token', { status: 401, code: 'TOKEN_REJECTED' }],
  ] as const)('ends though the server %s (G-09)', async (_, fault) => {
    const app = createTestApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    app.backend.failNext(SIGN_OUT, fault);
    const out = watch(app.auth.signOut());
    await app.clock.advance(6 * second);
    expect([wordOf(out), app.auth.getSnapshot().status]).toEqual(['ok', 'signedOut']);
  });

  it('of nobody is no error, and asks nobody anything', async () => {
    const app = createTestApp();
    const out = watch(app.auth.signOut());
    await app.clock.advance(second);
    expect([wordOf(out), app.backend.calls.length]).toEqual(['ok', 0]);
  });

  it('before the session was restored removes it for good', async () => {
    const app = createTestApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    const out = watch(app.restart().signOut());
    await app.clock.advance(second);
    app.restart().start();
    await app.clock.advance(second);
    expect([wordOf(out), app.auth.getSnapshot().status]).toEqual(['ok', 'signedOut']);
  });

  it('clears a store that could not be read', async () => {
    const app = createTestApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    app.device.faults.next('getStorageSync', { throw: new Error('getStorageSync:fail') });
    watch(app.restart().signOut());
    await app.clock.advance(second);
    app.restart().start();
    await app.clock.advance(second);
    expect(app.auth.getSnapshot().status).toBe('signedOut');
  });

  it('asked for twice, waits for the server both times', async () => {
    const app = createTestApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    app.backend.failNext(SIGN_OUT, { delay: second });
    const outs = [watch(app.auth.signOut()), watch(app.auth.signOut())];
    await app.clock.settle();
    expect(outs.map(wordOf)).toEqual(['pending', 'pending']);
    await app.clock.advance(2 * second);
    expect(outs.map(wordOf)).toEqual(['ok', 'ok']);
  });

  it('lets the next caller sign in anew, after it has ended', async () => {
    const app = createTestApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    const out = watch(app.auth.signOut());
    const session = watch(app.auth.ensure());
    await app.clock.advance(2 * second);
    expect([wordOf(out), wordOf(session), app.auth.getSnapshot().status]).toEqual(['ok', 'ok', 'signedIn']);
  });

  it('twice at once ends for both', async () => {
    const app = createTestApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    const outs = [watch(app.auth.signOut()), watch(app.auth.signOut())];
    await app.clock.advance(second);
    expect(outs.map(wordOf)).toEqual(['ok', 'ok']);
    expect(app.requests(SIGN_OUT)).toBe(1);
  });
});
