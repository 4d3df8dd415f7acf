import { describe, expect, it } from 'vitest';
import { createTestApp, SIGN_IN, watch, wordOf } from '../support/app.js';

const second = 1000;

async function signedIn() {
  const app = createTestApp();
  watch(app.auth.ensure());
  await app.clock.advance(second);
  return app;
}

describe('request', () => {
  it('goes to the backend with the session’s token', async () => {
    const app = await signedIn();
    const answer = watch(app.auth.request({ url: '/orders', method: 'POST', data: { item: 1 } }));
    await app.clock.advance(second);
    expect(answer.outcome).toMatchObject({ value: { status: 200, data: { ok: true } } });
    expect(app.backend.calls.at(-1)).toMatchObject({ path: '/orders', body: { item: 1 }, token: 'token-1' });
  });

  it('signs in first where nobody is signed in', async () => {
    const app = createTestApp();
    const answer = watch(app.auth.request({ url: '/orders' }));
    await app.clock.advance(second);
    expect([wordOf(answer), app.requests(SIGN_IN)]).toEqual(['ok', 1]);
  });

  it('rejects as the sign-in does', async () => {
    const app = createTestApp({ defaults: { createUser: false } });
    const answer = watch(app.auth.request({ url: '/orders' }));
    await app.clock.advance(second);
    expect([wordOf(answer), app.requests('/orders')]).toEqual(['unregistered', 0]);
  });

  it('a hundred that meet a revoked token make one login, and each is sent once more (G-05)', async () => {
    const app = await signedIn();
    app.backend.revokeTokens();
    const answers = Array.from({ length: 100 }, (_, i) => watch(app.auth.request({ url: `/orders/${i}` })));
    await app.clock.advance(10 * second);
    expect(new Set(answers.map(wordOf))).toEqual(new Set(['ok']));
    expect([app.count('login'), app.requests(SIGN_IN)]).toEqual([2, 2]);
    expect(app.backend.calls.filter(({ path }) => path.startsWith('/orders')).length).toBe(200);
  });

  it('that was rejected while another had the token renewed goes out with the new one, without a login (G-05)', async () => {
    const app = await signedIn();
    app.backend.revokeTokens();
    app.backend.failNext('/slow', { delay: 5 * second });
    const slow = watch(app.auth.request({ url: '/slow' }));
    const quick = watch(app.auth.request({ url: '/quick' }));
    await app.clock.advance(10 * second);
    expect([wordOf(quick), wordOf(slow), app.count('login')]).toEqual(['ok', 'ok', 2]);
  });

  it('gives up after the second rejection, and makes no loop (G-05)', async () => {
    const app = await signedIn();
    for (let i = 0; i < 9; i += 1) app.backend.failNext('/orders', { status: 401, code: 'TOKEN_REJECTED' });
    const answer = watch(app.auth.request({ url: '/orders' }));
    await app.clock.advance(60 * second);
    expect(wordOf(answer)).toBe('token-rejected');
    expect([app.requests('/orders'), app.count('login')]).toEqual([2, 2]);
  });

  it('rejects when the token cannot be renewed', async () => {
    const app = await signedIn();
    app.backend.revokeTokens();
    app.backend.failNext(SIGN_IN, { status: 502, code: 'HOST_UNAVAILABLE' });
    const answer = watch(app.auth.request({ url: '/orders' }));
    await app.clock.advance(second);
    expect([wordOf(answer), app.requests('/orders')]).toEqual(['unavailable', 1]);
  });

  it('of one user is never sent as another’s (G-06)', async () => {
    const app = await signedIn();
    app.backend.failNext('/orders', { delay: 5 * second });
    const late = watch(app.auth.request({ url: '/orders' }));
    await app.clock.advance(second);
    watch(app.auth.signOut());
    await app.clock.advance(second);
    app.backend.removeUser(app.backend.users[0]?.openid ?? '');
    watch(app.auth.ensure());
    await app.clock.advance(10 * second);
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedIn', user: { id: 'user-2' } });
    expect([wordOf(late), app.requests('/orders')]).toEqual(['cancelled', 1]);
  });

  it.each([404, 409, 500])('takes the status %i as an answer', async (status) => {
    const app = await signedIn();
    app.backend.failNext('/orders', { status });
    const answer = watch(app.auth.request({ url: '/orders' }));
    await app.clock.advance(second);
    expect(answer.outcome).toMatchObject({ value: { status } });
  });

  it('settles when no answer comes (G-09)', async () => {
    const app = await signedIn();
    app.backend.failNext('/orders', { hang: true });
    const answer = watch(app.auth.request({ url: '/orders' }));
    await app.clock.advance(31 * second);
    expect(wordOf(answer)).toBe('timeout');
  });

  it('fails as offline where there is no network', async () => {
    const app = await signedIn();
    app.device.goOffline();
    const answer = watch(app.auth.request({ url: '/orders' }));
    await app.clock.advance(second);
    expect(wordOf(answer)).toBe('offline');
  });

  it('to another server is refused before anything is sent (G-23)', async () => {
    const app = await signedIn();
    const before = app.backend.calls.length;
    const answer = watch(app.auth.request({ url: 'https://elsewhere.test/orders' }));
    await app.clock.advance(second);
    expect([wordOf(answer), app.backend.calls.length]).toEqual(['misconfigured', before]);
  });
});
