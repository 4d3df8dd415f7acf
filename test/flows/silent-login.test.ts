import { describe, expect, it } from 'vitest';
import type { SnapshotFrom } from 'xstate';
import { type codes, isServerKeyCurrent } from '../../machines/codes.js';
import { createTestApp, SIGN_IN, type TestApp, watch, wordOf } from '../support/app.js';

const second = 1000;
const minute = 60 * second;

const codesSent = ({ backend }: TestApp) =>
  backend.calls.filter(({ path }) => path.endsWith(SIGN_IN)).map(({ body }) => Reflect.get(Object(body), 'code'));

/** Whether the owner of the codes believes that the server holds the newest session key. */
function holdsCurrentKey({ inspected }: TestApp): boolean {
  const states = inspected.flatMap((event) =>
    event.type === '@xstate.snapshot' && 'context' in event.snapshot && 'exchanged' in Object(event.snapshot.context)
      ? [event.snapshot as SnapshotFrom<typeof codes>]
      : [],
  );
  const last = states.at(-1);
  return last !== undefined && isServerKeyCurrent(last);
}

describe('silent login', () => {
  it('creates a user on the first sign-in and finds the same on the next', async () => {
    const app = createTestApp();
    const first = watch(app.auth.ensure());
    await app.clock.advance(second);
    watch(app.auth.signOut());
    await app.clock.advance(second);
    const again = watch(app.auth.ensure({ createUser: false }));
    await app.clock.advance(second);
    expect([wordOf(first), wordOf(again)]).toEqual(['ok', 'ok']);
    expect(app.backend.users).toHaveLength(1);
  });

  it('ends as unregistered, and creates nobody, where createUser is false and there is no account (G-18)', async () => {
    const app = createTestApp();
    const session = watch(app.auth.ensure({ createUser: false }));
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('unregistered');
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedOut', failure: { kind: 'unregistered' } });
    expect(app.backend.users).toHaveLength(0);
  });

  it('does what the app’s defaults say where its caller says nothing', async () => {
    const app = createTestApp({ defaults: { createUser: false, withUnionId: true } });
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('unregistered');
    expect(app.backend.calls[0]?.body).toMatchObject({ createUser: false, withUnionId: true });
  });

  it('asks the server for the person’s unionid where it is wanted', async () => {
    const app = createTestApp();
    const session = watch(app.auth.ensure({ withUnionId: true }));
    await app.clock.advance(second);
    expect(session.outcome).toMatchObject({ value: { user: { unionid: expect.any(String) } } });
    expect(app.backend.calls[0]?.body).toMatchObject({ withUnionId: true });
  });

  it('backs off with jitter when the host is busy, then goes on with a fresh code (G-01, G-21)', async () => {
    const waits = [];
    for (const jitter of [0, 0.5]) {
      const app = createTestApp({ random: () => jitter });
      app.world.wechat.openApi.fail(-1);
      const session = watch(app.auth.ensure());
      await app.clock.advance(5 * second);
      expect(wordOf(session)).toBe('ok');
      const [first, retry] = app.device.calls.filter(({ api }) => api === 'login');
      waits.push(Math.round(((retry?.at ?? 0) - (first?.at ?? 0)) / second / 0.1) * 0.1);
      expect(new Set(codesSent(app)).size).toBe(2);
    }
    expect(waits).toEqual([1, 1.5]);
  });

  it.each([
    ['busy', -1],
    ['code-rejected', 40029],
    ['code-rejected', 40163],
  ])('retries once and no more: %s after two answers %i (G-01, G-21)', async (kind, errcode) => {
    const app = createTestApp();
    app.world.wechat.openApi.fail(errcode, 5);
    const session = watch(app.auth.ensure());
    await app.clock.advance(minute);
    expect(wordOf(session)).toBe(kind);
    expect([app.count('login'), app.requests(SIGN_IN)]).toEqual([2, 2]);
  });

  it('retries once and no more where it is limited without being told for how long (G-01, G-21)', async () => {
    const app = createTestApp();
    for (let i = 0; i < 5; i += 1) app.backend.failNext(SIGN_IN, { status: 429, code: 'RATE_LIMITED' });
    const session = watch(app.auth.ensure());
    await app.clock.advance(minute);
    expect(wordOf(session)).toBe('rate-limited');
    expect([app.count('login'), app.requests(SIGN_IN)]).toEqual([2, 2]);
  });

  it('does not retry where the host limits the user: the server asks for a minute then (S-01, G-21)', async () => {
    const app = createTestApp();
    app.world.wechat.openApi.fail(45011, 5);
    const session = watch(app.auth.ensure());
    await app.clock.advance(minute);
    expect(session.outcome).toMatchObject({ failure: { kind: 'rate-limited', retryAfter: minute } });
    expect([app.count('login'), app.requests(SIGN_IN)]).toEqual([1, 1]);
  });

  it.each([40029, 40163])('takes a fresh code, at once, after the code was refused with %i (G-01)', async (errcode) => {
    const app = createTestApp();
    app.world.wechat.openApi.fail(errcode);
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('ok');
    expect(new Set(codesSent(app)).size).toBe(2);
  });

  it('does not keep anybody waiting for a minute when the server asks for one, and says so (G-21)', async () => {
    const app = createTestApp();
    app.backend.failNext(SIGN_IN, { status: 429, code: 'RATE_LIMITED', retryAfter: 60 });
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(session.outcome).toMatchObject({ failure: { kind: 'rate-limited', retryAfter: minute } });
    expect(app.count('login')).toBe(1);
  });

  it('waits as long as the server asks, if that is not long (G-21)', async () => {
    const app = createTestApp();
    app.backend.failNext(SIGN_IN, { status: 429, code: 'RATE_LIMITED', retryAfter: 4 });
    const session = watch(app.auth.ensure());
    await app.clock.advance(4 * second);
    expect(wordOf(session)).toBe('pending');
    await app.clock.advance(5 * second);
    expect(wordOf(session)).toBe('ok');
  });

  it('settles when the host’s login never calls back (G-09, W-02)', async () => {
    const app = createTestApp();
    app.device.faults.next('login', { hang: true });
    const session = watch(app.auth.ensure());
    await app.clock.advance(9 * second);
    expect(wordOf(session)).toBe('pending');
    await app.clock.advance(2 * second);
    expect(wordOf(session)).toBe('timeout');
  });

  it('settles when the server never answers (G-09)', async () => {
    const app = createTestApp();
    app.backend.failNext(SIGN_IN, { hang: true });
    const session = watch(app.auth.ensure());
    await app.clock.advance(11 * second);
    expect(wordOf(session)).toBe('timeout');
  });

  it('lets a late login answer move nothing, and gives its code to the next who asks (G-09)', async () => {
    const app = createTestApp();
    app.device.faults.next('login', { hang: true });
    watch(app.auth.ensure());
    await app.clock.advance(30 * second);
    const before = app.auth.getSnapshot();
    app.device.pending('login')[0]?.release();
    await app.clock.advance(second);
    expect(app.auth.getSnapshot()).toBe(before);
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('ok');
    expect(app.count('login')).toBe(1);
  });

  it('a late code tells the owner that the server’s key is stale by now (G-03, G-09)', async () => {
    const app = createTestApp();
    app.device.faults.next('login', { hang: true });
    watch(app.auth.ensure());
    await app.clock.advance(11 * second);
    watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(holdsCurrentKey(app)).toBe(true);
    app.device.pending('login')[0]?.release();
    await app.clock.advance(second);
    expect(holdsCurrentKey(app)).toBe(false);
  });

  it('lets a late refusal of one login say nothing of the next (G-09)', async () => {
    const app = createTestApp();
    app.device.faults.next('login', { hang: true, fail: { errMsg: 'login:fail' } });
    watch(app.auth.ensure());
    await app.clock.advance(11 * second);
    app.device.faults.next('login', { delay: 5 * second });
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    app.device.pending('login')[0]?.release();
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('pending');
    await app.clock.advance(5 * second);
    expect(wordOf(session)).toBe('ok');
  });

  it('throws a late code away that may be dead by now, and takes a fresh one (G-02)', async () => {
    const app = createTestApp();
    app.device.faults.next('login', { hang: true });
    watch(app.auth.ensure());
    await app.clock.advance(4 * minute + 45 * second);
    app.device.pending('login')[0]?.release();
    await app.clock.advance(second);
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('ok');
    expect(app.count('login')).toBe(2);
  });

  it('treats success without a code as a failure (W-02)', async () => {
    const app = createTestApp();
    app.device.faults.next('login', { emptyCode: true });
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('unknown');
    expect(app.requests(SIGN_IN)).toBe(0);
  });

  it('tells callers that it is offline, and signs in by itself when the network is back', async () => {
    const app = createTestApp();
    app.device.goOffline();
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('offline');
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'offline', busy: false });
    app.device.goOnline();
    await app.clock.advance(2 * second);
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedIn', failure: null });
  });

  it('tries again from offline when somebody asks again', async () => {
    const app = createTestApp();
    app.device.faults.next('request', { fail: { errMsg: 'request:fail ', errno: 600001 } });
    const first = watch(app.auth.ensure());
    await app.clock.advance(second);
    const second_ = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect([wordOf(first), wordOf(second_)]).toEqual(['offline', 'ok']);
  });

  it('tries again from offline when the app is shown (G-08)', async () => {
    const app = createTestApp();
    app.device.faults.next('request', { fail: { errMsg: 'request:fail ', errno: 600001 } });
    watch(app.auth.ensure());
    await app.clock.advance(second);
    app.device.hide();
    app.device.show();
    await app.clock.advance(second);
    expect(app.auth.getSnapshot().status).toBe('signedIn');
  });

  it('begins afresh when the network is back, the one retry included (G-01)', async () => {
    const app = createTestApp();
    app.world.wechat.openApi.fail(40029);
    app.device.faults.next('request', {});
    app.device.faults.next('request', { fail: { errMsg: 'request:fail ', errno: 600001 } });
    watch(app.auth.ensure());
    await app.clock.advance(2 * second);
    expect(app.auth.getSnapshot().status).toBe('offline');
    app.world.wechat.openApi.fail(40029);
    app.device.goOffline();
    app.device.goOnline();
    await app.clock.advance(3 * second);
    expect([app.auth.getSnapshot().status, app.count('login')]).toEqual(['signedIn', 4]);
  });

  it('caches no failure: the next caller gets a new attempt (G-07)', async () => {
    const app = createTestApp();
    app.backend.failNext(SIGN_IN, { status: 500, code: 'INTERNAL' });
    const first = watch(app.auth.ensure());
    await app.clock.advance(second);
    const next = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect([wordOf(first), wordOf(next)]).toEqual(['unavailable', 'ok']);
  });

  it('keeps host logins apart in time, below the host’s limit of four a second (W-03, G-21)', async () => {
    const app = createTestApp();
    app.world.wechat.openApi.fail(40029, 10);
    for (let i = 0; i < 5; i += 1) {
      watch(app.auth.ensure());
      await app.clock.advance(100);
    }
    await app.clock.advance(minute);
    const times = app.device.calls.filter(({ api }) => api === 'login').map(({ at }) => at);
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250);
  });

  it('sends no code twice, whatever goes wrong (G-01)', async () => {
    const app = createTestApp();
    const { openApi } = app.world.wechat;
    for (const fault of [-1, 'lost', 40163, 'down', 'nonsense', 'empty'] as const) openApi.fail(fault);
    for (let i = 0; i < 8; i += 1) {
      watch(app.auth.ensure());
      await app.clock.advance(20 * second);
    }
    const codes = codesSent(app);
    expect(codes.length).toBeGreaterThan(5);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('loses no account when the answer is lost on its way: the next attempt finds the same user', async () => {
    const app = createTestApp();
    app.backend.failNext(SIGN_IN, { lost: true });
    watch(app.auth.ensure());
    await app.clock.advance(second);
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('ok');
    expect(app.backend.users).toHaveLength(1);
  });
});
