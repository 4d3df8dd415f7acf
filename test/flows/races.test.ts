import { describe, expect, it } from 'vitest';
import { server } from '../../adapters/server.js';
import { wechat } from '../../adapters/wechat.js';
import { createAuth } from '../../machines/create-auth.js';
import { BASE_URL, createTestApp, SIGN_IN, SIGN_OUT, type TestApp, watch, wordOf } from '../support/app.js';

const second = 1000;
const minute = 60 * second;

async function signedIn(): Promise<TestApp> {
  const app = createTestApp();
  watch(app.auth.ensure());
  await app.clock.advance(second);
  return app;
}

it.each(['ensure', 'signOut'] as const)(
  '%s settles though a listener stops the auth while it starts (G-09)',
  async (call) => {
    const { auth, clock } = createTestApp();
    let first = true;
    auth.subscribe(() => {
      if (first) {
        first = false;
        auth.stop();
      }
    });
    const promise = watch<unknown>(auth[call]());
    await clock.advance(3600 * second);
    expect(wordOf(promise)).not.toBe('pending');
    expect(auth.getSnapshot().status).toBe('stopped');
  },
);

it('a sign-out that a listener overtakes by stopping the auth leaves nothing in the store nor at the server', async () => {
  const app = await signedIn();
  const auth = app.restart();
  let first = true;
  auth.subscribe(() => {
    if (first) {
      first = false;
      auth.stop();
    }
  });
  watch(auth.signOut());
  await app.clock.advance(60 * second);
  expect(app.device.wx.getStorageSync('denglu:session')).toBe('');
  expect(app.requests(SIGN_OUT)).toBe(1);
});

it('a renewal is never answered with the token that was rejected (G-05)', async () => {
  const app = await signedIn();
  app.backend.failNext('/old', { delay: 6 * second });
  const old = watch(app.auth.request({ url: '/old' }));
  await app.clock.advance(second);
  app.backend.revokeTokens();
  watch(app.auth.request({ url: '/x' }));
  await app.clock.advance(second);
  app.backend.failNext(SIGN_IN, { delay: 8 * second });
  watch(app.auth.ensure({ withUnionId: true }));
  await app.clock.advance(100);
  app.backend.revokeTokens();
  const other = watch(app.auth.request({ url: '/y' }));
  await app.clock.advance(30 * second);
  expect([wordOf(old), wordOf(other)]).toEqual(['ok', 'ok']);
});

it('ensure does not answer with a token that is known to be rejected', async () => {
  const app = await signedIn();
  app.backend.failNext(SIGN_IN, { hang: true });
  watch(app.auth.ensure({ withUnionId: true }));
  await app.clock.advance(500);
  app.backend.revokeTokens();
  watch(app.auth.request({ url: '/a' }));
  await app.clock.advance(500);
  const session = watch(app.auth.ensure());
  await app.clock.settle();
  expect(wordOf(session)).toBe('pending');
});

it('inspection carries nothing of what the app itself sends and gets (G-23)', async () => {
  const app = await signedIn();
  watch(app.auth.request({ url: '/phone', method: 'POST', data: { phoneNumber: '13800138000', password: 'hunter2' } }));
  await app.clock.advance(second);
  const text = JSON.stringify(app.inspected.map((e) => ({ ...e, actorRef: 0, sourceRef: 0, rootId: 0 })));
  expect([text.includes('13800138000'), text.includes('hunter2')]).toEqual([false, false]);
});

it('an option that is undefined does not undo the default (G-06, ghost account)', async () => {
  const app = createTestApp({ defaults: { createUser: false } });
  watch(app.auth.ensure({ createUser: undefined } as object));
  await app.clock.advance(second);
  expect(app.backend.users).toHaveLength(0);
});

it('late 401s with renewals that fail do not become a login each (G-05, G-21)', async () => {
  const app = await signedIn();
  app.backend.revokeTokens();
  for (let i = 0; i < 20; i += 1) app.backend.failNext(SIGN_IN, { status: 500, code: 'INTERNAL' });
  for (let i = 0; i < 10; i += 1) app.backend.failNext('/o', { delay: 500 * (i + 1) });
  for (let i = 0; i < 10; i += 1) watch(app.auth.request({ url: '/o' }));
  await app.clock.advance(30 * second);
  expect(app.count('login')).toBeLessThan(4);
});

it('shows while offline are rate-limited too (G-08, G-21)', async () => {
  const app = createTestApp();
  app.device.faults.always('request', { fail: { errMsg: 'request:fail ', errno: 600001 } });
  watch(app.auth.ensure());
  await app.clock.advance(second);
  for (let i = 0; i < 20; i += 1) {
    app.device.hide();
    app.device.show();
    await app.clock.advance(400);
  }
  expect(app.count('login')).toBeLessThan(4);
});

it('a sign-out outlives a store that refuses to remove', async () => {
  const app = await signedIn();
  app.device.faults.next('removeStorageSync', { throw: { errMsg: 'removeStorageSync:fail' } });
  app.backend.failNext(SIGN_OUT, { hang: true });
  watch(app.auth.signOut());
  await app.clock.advance(10 * second);
  app.restart().start();
  await app.clock.advance(10 * second);
  expect(app.auth.getSnapshot().status).toBe('signedOut');
});

it('an onProblem that throws does not break the auth', async () => {
  const app = createTestApp({
    onProblem: () => {
      throw new Error('x');
    },
  });
  app.device.faults.next('setStorageSync', { throw: { errMsg: 'full' } });
  watch(app.auth.ensure());
  await app.clock.advance(10 * second);
  expect(app.auth.getSnapshot().busy).toBe(false);
});

it('a plain sign-out is no failure', async () => {
  const app = await signedIn();
  watch(app.auth.signOut());
  await app.clock.advance(second);
  expect(app.auth.getSnapshot().failure).toBeNull();
});

it('host logins do not overlap, and keep their distance, across a stop (G-05, G-21, W-03)', async () => {
  const app = createTestApp({}, { latency: 500 });
  for (let i = 0; i < 6; i += 1) {
    watch(app.auth.ensure());
    await app.clock.advance(50);
    app.auth.stop();
  }
  const session = watch(app.auth.ensure());
  await app.clock.advance(10 * second);
  expect([wordOf(session), app.device.maxConcurrent('login'), app.count('login')]).toEqual(['ok', 1, 1]);
});

it('host logins of two auths on one host do not overlap (G-05, W-03)', async () => {
  const app = createTestApp({}, { latency: 500 });
  const other = createAuth({
    platform: wechat({ wx: app.device.wx }),
    backend: server({ baseUrl: BASE_URL }),
    clock: app.clock,
  });
  const sessions = [watch(app.auth.ensure()), watch(other.ensure())];
  await app.clock.advance(10 * second);
  expect(sessions.map(wordOf)).toEqual(['ok', 'ok']);
  expect([app.device.maxConcurrent('login'), app.count('login')]).toEqual([1, 2]);
});

it.each([
  ['signed out', (app: TestApp) => void watch(app.auth.signOut())],
  ['stopped', (app: TestApp) => app.auth.stop()],
])('a session that comes after the app was %s does not live on at the server', async (_, leave) => {
  const app = createTestApp();
  app.backend.failNext(SIGN_IN, { delay: 2 * second });
  watch(app.auth.ensure());
  await app.clock.advance(second);
  leave(app);
  await app.clock.advance(10 * second);
  const headers = { authorization: 'Bearer token-1' };
  expect((await app.backend.fetch(`${BASE_URL}/orders`, { headers })).status).toBe(401);
});

it('a session that comes after our timer gave up does not live on beside the next one', async () => {
  const app = createTestApp();
  app.backend.failNext(SIGN_IN, { delay: 15 * second });
  watch(app.auth.ensure());
  await app.clock.advance(12 * second);
  watch(app.auth.ensure());
  await app.clock.advance(60 * second);
  expect(app.auth.getSnapshot().status).toBe('signedIn');
  expect(app.requests(SIGN_OUT)).toBe(1);
});

describe('a request that sign-out overtakes', () => {
  it('is cancelled, and its late answer is nobody’s any more', async () => {
    const app = await signedIn();
    app.backend.failNext('/me', { delay: 5 * second });
    const answer = watch(app.auth.request({ url: '/me' }));
    await app.clock.advance(100);
    watch(app.auth.signOut());
    await app.clock.advance(100);
    expect(wordOf(answer)).toBe('cancelled');
    await app.clock.advance(30 * second);
    expect(app.auth.getSnapshot().status).toBe('signedOut');
  });

  it('is never sent again for whoever signs in next', async () => {
    const app = await signedIn();
    app.backend.failNext('/pay', { delay: 4 * second });
    const answer = watch(app.auth.request({ url: '/pay', method: 'POST' }));
    await app.clock.advance(100);
    watch(app.auth.signOut());
    await app.clock.advance(second);
    watch(app.auth.ensure());
    await app.clock.advance(30 * second);
    expect([wordOf(answer), app.requests('/pay')]).toEqual(['cancelled', 1]);
  });
});

it.each([0, 3, 14, 19, 43, 47, 60])(
  'an inspector that throws at event %i breaks nothing, and is reported',
  async (at) => {
    let heard = 0;
    const app = createTestApp({
      inspect() {
        heard += 1;
        if (heard === at + 1) throw new Error('the inspector broke');
      },
    });
    const session = watch(app.auth.ensure());
    await app.clock.advance(10 * second);
    expect(wordOf(session)).toBe('ok');
    const signedOut = watch(app.auth.signOut());
    await app.clock.advance(10 * second);
    expect(wordOf(signedOut)).toBe('ok');
    expect(app.problems.map(({ message }) => message)).toEqual(heard > at ? ['the inspector broke'] : []);
  },
);

it('a chart that breaks gives its key back, so that the next sign-in is served (G-03, G-09)', async () => {
  const app = createTestApp();
  const platform = wechat({ wx: app.device.wx });
  let isBroken = true;
  const auth = createAuth({
    platform: {
      ...platform,
      get storage() {
        if (isBroken) throw new TypeError('the host broke');
        return platform.storage;
      },
    },
    backend: server({ baseUrl: BASE_URL }),
    clock: app.clock,
    onProblem: () => {},
  });
  watch(auth.ensure());
  await app.clock.advance(minute);
  isBroken = false;
  const session = watch(auth.ensure());
  await app.clock.advance(10 * second);
  expect(wordOf(session)).toBe('ok');
});

it('a session that stands serves whoever it suffices, though another caller’s wish is offline', async () => {
  const app = await signedIn();
  app.device.faults.next('request', { fail: { errMsg: 'request:fail ', errno: 600001 } });
  watch(app.auth.ensure({ withUnionId: true }));
  await app.clock.advance(second);
  const before = app.count('login');
  const answers = [watch<unknown>(app.auth.ensure()), watch<unknown>(app.auth.request({ url: '/me' }))];
  await app.clock.advance(second);
  expect([answers.map(wordOf), app.count('login')]).toEqual([['ok', 'ok'], before]);
});

it('signing out twice at once is no failure', async () => {
  const app = await signedIn();
  app.backend.failNext(SIGN_OUT, { delay: second });
  watch(app.auth.signOut());
  await app.clock.advance(100);
  watch(app.auth.signOut());
  await app.clock.advance(5 * second);
  expect(app.auth.getSnapshot()).toMatchObject({ status: 'signedOut', failure: null });
});

it('a session of another backend is not restored, nor is its token sent there (G-23)', async () => {
  const app = await signedIn();
  const auth = app.restart({ backend: server({ baseUrl: 'https://other.test' }) });
  auth.start();
  await app.clock.advance(second);
  expect(auth.getSnapshot().status).toBe('signedOut');
});

it('a listener that listens twice hears twice, and each time stops by itself', async () => {
  const app = createTestApp();
  let heard = 0;
  const listener = () => {
    heard += 1;
  };
  const [stopOne] = [app.auth.subscribe(listener), app.auth.subscribe(listener)];
  stopOne?.();
  app.auth.start();
  await app.clock.advance(second);
  expect(heard).toBeGreaterThan(0);
});

it('a listener that another one has stopped hears nothing more of the same news', () => {
  const app = createTestApp();
  const heard: string[] = [];
  app.auth.subscribe(() => {
    heard.push('first');
    stop();
  });
  const stop = app.auth.subscribe(() => heard.push('second'));
  app.auth.start();
  expect(heard).not.toContain('second');
});
