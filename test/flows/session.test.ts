import { describe, expect, it } from 'vitest';
import { server } from '../../adapters/server.js';
import { wechat } from '../../adapters/wechat.js';
import { createAuth } from '../../machines/create-auth.js';
import type { ConnectBackend } from '../../ports/backend.js';
import type { Platform } from '../../ports/platform.js';
import { BASE_URL, createTestApp, SIGN_IN, type TestApp, watch, wordOf } from '../support/app.js';

const second = 1000;
const minute = 60 * second;

/** The app of somebody who has signed in. */
async function signedIn(): Promise<TestApp> {
  const app = createTestApp();
  watch(app.auth.ensure());
  await app.clock.advance(second);
  return app;
}

describe('session', () => {
  it('is restored after a cold start without a login or a request', async () => {
    const app = await signedIn();
    const { user } = app.auth.getSnapshot();
    app.restart().start();
    await app.clock.advance(second);
    expect(app.auth.getSnapshot()).toEqual({ status: 'signedIn', busy: false, user, failure: null });
    expect([app.count('login'), app.requests(SIGN_IN), app.count('checkSession')]).toEqual([1, 1, 1]);
  });

  it('answers whoever asks before it is restored, and starts by itself (G-08)', async () => {
    const app = await signedIn();
    const early = watch(app.restart().ensure());
    const later = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect([wordOf(early), wordOf(later), app.count('login')]).toEqual(['ok', 'ok', 1]);
  });

  it('signs nobody in before somebody asks', async () => {
    const app = createTestApp();
    app.auth.start();
    await app.clock.advance(minute);
    expect(app.auth.getSnapshot().status).toBe('signedOut');
    expect([app.count('login'), app.backend.calls.length]).toEqual([0, 0]);
  });

  it('is renewed for the same user, creating nobody, when the host says that it has expired (G-06, W-05)', async () => {
    const app = await signedIn();
    const { user } = app.auth.getSnapshot();
    app.world.wechat.expireSession(app.account);
    const session = watch(app.restart().ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('ok');
    expect(app.auth.getSnapshot().user).toEqual(user);
    expect(app.backend.calls.at(-1)?.body).toMatchObject({ createUser: false, expectedUserId: user?.id });
  });

  it('made with a unionid is stored, restored and renewed as such (G-06)', async () => {
    const app = createTestApp();
    watch(app.auth.ensure({ withUnionId: true }));
    await app.clock.advance(second);
    app.world.wechat.expireSession(app.account);
    const renewed = watch(app.restart().ensure({ withUnionId: true }));
    await app.clock.advance(second);
    expect(app.backend.calls.at(-1)?.body).toMatchObject({ createUser: false, withUnionId: true });
    const again = watch(app.restart().ensure({ withUnionId: true }));
    await app.clock.advance(second);
    expect([wordOf(renewed), wordOf(again), app.requests(SIGN_IN)]).toEqual(['ok', 'ok', 2]);
  });

  it('ends, and no ghost account is made, when its user is gone at the renewal (G-06)', async () => {
    const app = await signedIn();
    app.backend.removeUser(app.backend.users[0]?.openid ?? '');
    app.world.wechat.expireSession(app.account);
    const session = watch(app.restart().ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('unregistered');
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedOut', user: null });
    expect(app.backend.users).toHaveLength(0);
  });

  it('ends when the renewal would sign in somebody else (G-06)', async () => {
    const app = await signedIn();
    const stored = JSON.parse(app.device.wx.getStorageSync('denglu:session'));
    stored.user.id = 'somebody-else';
    app.auth.stop();
    app.device.wx.setStorageSync('denglu:session', JSON.stringify(stored));
    app.world.wechat.expireSession(app.account);
    const session = watch(app.restart().ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('account-changed');
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedOut', user: null });
    expect(app.device.wx.getStorageSync('denglu:session')).toBe('');
  });

  it('ends when a server that knows nothing of expected users answers with somebody else (G-06)', async () => {
    const app = await signedIn();
    app.backend.removeUser(app.backend.users[0]?.openid ?? '');
    app.world.wechat.expireSession(app.account);
    const careless: ConnectBackend = (platform) => {
      const backend = server({ baseUrl: BASE_URL })(platform);
      return { ...backend, signIn: (input) => backend.signIn({ ...input, createUser: true, expectedUserId: null }) };
    };
    const session = watch(app.restart({ backend: careless }).ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('account-changed');
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedOut', user: null });
  });

  it('stays, unchecked, when the host does not answer the check (G-09)', async () => {
    const app = await signedIn();
    app.auth.stop();
    app.device.faults.next('checkSession', { hang: true });
    const session = watch(app.auth.ensure());
    await app.clock.advance(2 * second);
    expect(wordOf(session)).toBe('pending');
    await app.clock.advance(2 * second);
    expect(wordOf(session)).toBe('ok');
    expect(app.count('login')).toBe(1);
  });

  it('is checked again on show, at most once per interval (G-08)', async () => {
    const app = await signedIn();
    const show = async () => {
      app.device.hide();
      app.device.show();
      await app.clock.advance(second);
    };
    await show();
    expect(app.count('checkSession')).toBe(0);
    await app.clock.advance(5 * minute);
    await show();
    await show();
    expect(app.count('checkSession')).toBe(1);
    await app.clock.advance(5 * minute);
    await show();
    expect(app.count('checkSession')).toBe(2);
  });

  it('that died in the background is renewed on show, and its user stays in view meanwhile (G-08)', async () => {
    const app = await signedIn();
    const seen: unknown[] = [];
    app.auth.subscribe(({ status, user }) => seen.push([status, user?.id]));
    app.world.wechat.expireSession(app.account);
    await app.clock.advance(5 * minute);
    app.device.show();
    app.device.hide();
    app.device.show();
    await app.clock.advance(second);
    expect(seen).toEqual([
      ['checking', 'user-1'],
      ['renewing', 'user-1'],
      ['signedIn', 'user-1'],
    ]);
  });

  it('is kept as expired when it cannot be renewed for now, and the next caller tries again (G-07)', async () => {
    const app = await signedIn();
    app.world.wechat.expireSession(app.account);
    app.backend.failNext(SIGN_IN, { status: 502, code: 'HOST_UNAVAILABLE' });
    const failed = watch(app.restart().ensure());
    await app.clock.advance(second);
    expect(wordOf(failed)).toBe('unavailable');
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'expired', user: { id: 'user-1' } });
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect([wordOf(session), app.backend.users.length]).toEqual(['ok', 1]);
  });

  it('that cannot be renewed is tried again on show, at most once per interval (G-08, G-21)', async () => {
    const app = await signedIn();
    app.world.wechat.expireSession(app.account);
    for (let i = 0; i < 3; i += 1) app.backend.failNext(SIGN_IN, { status: 502, code: 'HOST_UNAVAILABLE' });
    app.restart().start();
    await app.clock.advance(second);
    const show = async () => {
      app.device.hide();
      app.device.show();
      await app.clock.advance(second);
    };
    await show();
    expect(app.requests(SIGN_IN)).toBe(2);
    await app.clock.advance(5 * minute);
    await show();
    await show();
    expect([app.requests(SIGN_IN), app.auth.getSnapshot().status]).toEqual([3, 'expired']);
  });

  it('tries its renewal again from offline when the app is shown', async () => {
    const app = await signedIn();
    app.world.wechat.expireSession(app.account);
    app.restart();
    app.device.faults.next('request', { fail: { errMsg: 'request:fail ', errno: 600001 } });
    app.auth.start();
    await app.clock.advance(second);
    expect(app.auth.getSnapshot().status).toBe('offline');
    await app.clock.advance(5 * minute);
    app.device.hide();
    app.device.show();
    await app.clock.advance(second);
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedIn', user: { id: 'user-1' } });
  });

  it('waits for the network when its renewal finds none, and tells callers so', async () => {
    const app = await signedIn();
    app.world.wechat.expireSession(app.account);
    app.restart();
    app.device.goOffline();
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('offline');
    app.device.goOnline();
    await app.clock.advance(second);
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedIn', user: { id: 'user-1' } });
  });

  it('is renewed before its token ends, when somebody asks', async () => {
    const app = await signedIn();
    await app.clock.advance(7 * 24 * 60 * minute - minute);
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect([wordOf(session), app.requests(SIGN_IN), app.backend.users.length]).toEqual(['ok', 2, 1]);
  });

  it('is not renewed at every call on a phone whose clock is years ahead: the server alone can tell', async () => {
    const app = createTestApp();
    app.restart({ clock: { ...app.clock, now: () => app.clock.now() + 3 * 365 * 24 * 60 * minute } });
    const endsAt = app.clock.now() + 7 * 24 * 60 * minute;
    for (let i = 0; i < 3; i += 1) {
      const session = watch(app.auth.ensure());
      await app.clock.advance(second);
      expect(session.outcome).toMatchObject({ value: { expiresAt: endsAt + 40 } });
    }
    expect(app.requests(SIGN_IN)).toBe(1);
  });

  it('whose user is gone is told once to all who wait, whatever they wished; the next call signs in anew (G-06)', async () => {
    const app = await signedIn();
    app.backend.removeUser(app.backend.users[0]?.openid ?? '');
    app.backend.revokeTokens();
    const auth = app.restart();
    app.world.wechat.expireSession(app.account);
    const sessions = [watch(auth.ensure({ createUser: true })), watch(auth.ensure({ createUser: false }))];
    await app.clock.advance(2 * second);
    expect(sessions.map(wordOf)).toEqual(['unregistered', 'unregistered']);
    expect(app.backend.users).toHaveLength(0);
    const next = watch(auth.ensure({ createUser: true }));
    await app.clock.advance(2 * second);
    expect(wordOf(next)).toBe('ok');
  });

  it('does not wait for an hour to log in when the phone’s clock is set back by one', async () => {
    const app = createTestApp();
    let behind = 0;
    app.restart({ clock: { ...app.clock, now: () => app.clock.now() - behind } });
    app.world.wechat.openApi.fail(40226);
    watch(app.auth.ensure());
    await app.clock.advance(second);
    behind = 60 * minute;
    const session = watch(app.auth.ensure());
    await app.clock.advance(2 * second);
    expect(wordOf(session)).toBe('ok');
  });

  it.each([
    ['text that is no JSON', '{"token":'],
    ['an old shape', '{"token":"t"}'],
    ['nonsense', '[null]'],
    ['a user without an id', '{"token":"t","expiresAt":9e15,"withUnionId":false,"isExpiryKnown":true,"user":{}}'],
  ])('reads %s in the store as no session', async (_, stored) => {
    const app = createTestApp();
    app.device.wx.setStorageSync('denglu:session', stored);
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('ok');
  });

  it('stands though the store be full; the app hears of that', async () => {
    const app = createTestApp();
    app.device.faults.always('setStorageSync', { throw: new Error('setStorageSync:fail exceed max size') });
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('ok');
    expect(app.problems).toHaveLength(1);
  });

  it('is none where the store cannot be read', async () => {
    const app = createTestApp();
    app.device.faults.next('getStorageSync', { throw: new Error('getStorageSync:fail') });
    app.auth.start();
    expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedOut', failure: { message: 'getStorageSync:fail' } });
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(wordOf(session)).toBe('ok');
  });

  it('made without a unionid does not serve a caller who wants one, but serves all others at once (G-06)', async () => {
    const app = await signedIn();
    const wanted = watch(app.auth.ensure({ withUnionId: true }));
    const plain = watch(app.auth.ensure({ createUser: false }));
    await app.clock.settle();
    expect([wordOf(wanted), wordOf(plain)]).toEqual(['pending', 'ok']);
    await app.clock.advance(second);
    expect([wordOf(wanted), app.requests(SIGN_IN)]).toEqual(['ok', 2]);
  });
});

describe('start, stop and subscribe', () => {
  it('start is idempotent', async () => {
    const app = await signedIn();
    app.auth.start();
    app.auth.start();
    await app.clock.advance(second);
    expect(app.count('getStorageSync')).toBe(1);
  });

  it('stop rejects whoever waits, and no late answer moves anything (G-09, G-17)', async () => {
    const app = createTestApp();
    const session = watch(app.auth.ensure());
    const request = watch(app.auth.request({ url: '/orders' }));
    await app.clock.settle();
    app.auth.stop();
    await app.clock.advance(minute);
    expect([wordOf(session), wordOf(request)]).toEqual(['cancelled', 'cancelled']);
    expect(app.auth.getSnapshot()).toEqual({ status: 'stopped', busy: false, user: null, failure: null });
    expect(app.device.wx.getStorageSync('denglu:session')).toBe('');
  });

  it('stop rejects a request that is on its way (G-09)', async () => {
    const app = await signedIn();
    app.backend.failNext('/orders', { delay: 5 * second });
    const request = watch(app.auth.request({ url: '/orders' }));
    await app.clock.advance(second);
    app.auth.stop();
    await app.clock.settle();
    expect(wordOf(request)).toBe('cancelled');
  });

  it('a host that breaks its promises breaks no promise of ours: callers hear why, and the next starts anew', async () => {
    const app = createTestApp();
    let broken = true;
    const platform: Platform = {
      ...wechat({ wx: app.device.wx }),
      onShow: () => {
        if (broken) throw new Error('the host broke');
        return () => {};
      },
    };
    const problems: string[] = [];
    const auth = createAuth({
      platform,
      backend: server({ baseUrl: BASE_URL }),
      clock: app.clock,
      onProblem: ({ message }) => problems.push(message),
    });
    const session = watch(auth.ensure());
    await app.clock.advance(second);
    expect(session.outcome).toMatchObject({ failure: { message: 'the host broke' } });
    expect([new Set(problems), auth.getSnapshot().status]).toEqual([new Set(['the host broke']), 'stopped']);
    broken = false;
    const again = watch(auth.ensure());
    await app.clock.advance(second);
    expect(wordOf(again)).toBe('ok');
  });

  it('ensure after stop starts anew', async () => {
    const app = await signedIn();
    app.auth.stop();
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect([wordOf(session), app.count('login')]).toEqual(['ok', 1]);
  });

  it('a subscriber that has left hears nothing more (G-17)', async () => {
    const app = createTestApp();
    const heard: string[] = [];
    const leave = app.auth.subscribe(({ status }) => heard.push(status));
    watch(app.auth.ensure());
    await app.clock.settle();
    leave();
    await app.clock.advance(second);
    expect(heard).not.toContain('signedIn');
  });

  it('a subscriber that throws keeps the news from nobody, and the app hears of it', async () => {
    const app = createTestApp();
    const heard: string[] = [];
    app.auth.subscribe(() => {
      throw new Error('a page broke');
    });
    app.auth.subscribe(({ status }) => heard.push(status));
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect([wordOf(session), heard.at(-1)]).toEqual(['ok', 'signedIn']);
    expect(app.problems[0]?.message).toBe('a page broke');
  });

  it('a subscriber may stop the auth: the last that others hear is that it stopped', async () => {
    const app = createTestApp();
    const heard: string[] = [];
    app.auth.subscribe(({ status }) => {
      if (status === 'signingIn') app.auth.stop();
    });
    app.auth.subscribe(({ status }) => heard.push(status));
    const session = watch(app.auth.ensure());
    await app.clock.advance(second);
    expect([wordOf(session), heard.at(-1), app.auth.getSnapshot().status]).toEqual(['cancelled', 'stopped', 'stopped']);
  });

  it('a subscriber may sign out, and sign in again, from where it hears (G-08)', async () => {
    const app = createTestApp();
    const outcomes: { word: () => string }[] = [];
    let rounds = 0;
    app.auth.subscribe(({ status }) => {
      if (status !== 'signedIn' || rounds > 1) return;
      rounds += 1;
      const out = watch(app.auth.signOut());
      const again = watch(app.auth.ensure());
      outcomes.push({ word: () => wordOf(out) }, { word: () => wordOf(again) });
    });
    watch(app.auth.ensure());
    await app.clock.advance(10 * second);
    expect(outcomes.map(({ word }) => word())).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(app.auth.getSnapshot().status).toBe('signedIn');
  });

  it('a stopped app’s host listeners are gone', async () => {
    const app = await signedIn();
    app.auth.stop();
    await app.clock.advance(10 * minute);
    app.device.hide();
    app.device.show();
    await app.clock.advance(second);
    expect(app.count('checkSession')).toBe(0);
  });
});
