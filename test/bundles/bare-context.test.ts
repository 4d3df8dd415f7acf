import { describe, expect, it } from 'vitest';
import type { server } from '../../adapters/server.js';
import type { wechat } from '../../adapters/wechat.js';
import type { createAuth } from '../../machines/create-auth.js';
import { native } from '../build/support/built-files.js';
import { BASE_URL, createTestApp, SIGN_IN, type TestApp, watch, wordOf } from '../support/app.js';
import { appBeside, runApp } from './support/native-app.js';

interface Kit {
  createAuth: typeof createAuth;
  wechat: typeof wechat;
  server: typeof server;
  surroundings: string[];
  evalWorks: boolean;
}

const second = 1000;
/** The native build, and an app beside it that calls nothing but its doors. */
const files = appBeside(
  native,
  `
    exports.createAuth = require('./index').createAuth;
    exports.wechat = require('./adapters/wechat').wechat;
    exports.server = require('./adapters/server').server;
    exports.surroundings = [typeof globalThis, typeof AbortController, typeof window, typeof process, typeof fetch];
    exports.evalWorks = (() => { try { return new Function('return true')(); } catch (error) { return false; } })();
  `,
);

function start(app: TestApp, timerPromise: boolean) {
  const kit = runApp<Kit>(app.device, files, { timerPromise });
  const auth = kit.createAuth({
    platform: kit.wechat(),
    backend: kit.server({ baseUrl: BASE_URL }),
    timing: { recheck: second },
    clock: kit.clock,
  });
  return { ...kit, auth };
}

describe.each([
  ['native promises', false],
  ['promises made of timers, as on iOS up to 15 (W-10)', true],
])('the native build where there are only timers, Promise and console: %s (W-21)', (_, timerPromise) => {
  it('finds none of what it must not need', () => {
    const { surroundings, evalWorks } = start(createTestApp(), timerPromise);
    expect(surroundings).toEqual(['undefined', 'undefined', 'undefined', 'undefined', 'undefined']);
    expect(evalWorks).toBe(false);
  });

  it('signs in, sends a request, and signs out', async () => {
    const app = createTestApp();
    const { auth } = start(app, timerPromise);
    const session = watch(auth.ensure());
    await app.clock.advance(second);
    const answer = watch(auth.request({ url: '/orders' }));
    await app.clock.advance(second);
    const out = watch(auth.signOut());
    await app.clock.advance(second);
    expect([wordOf(session), wordOf(answer), wordOf(out)]).toEqual(['ok', 'ok', 'ok']);
    expect(auth.getSnapshot().status).toBe('signedOut');
  });

  it('restores the session after a cold start, and renews one that has expired', async () => {
    const app = createTestApp();
    const first = start(app, timerPromise);
    watch(first.auth.ensure());
    await app.clock.advance(second);
    first.auth.stop();
    app.device.restart();
    const { auth } = start(app, timerPromise);
    auth.start();
    await app.clock.advance(second);
    expect([auth.getSnapshot().status, app.count('login')]).toEqual(['signedIn', 1]);
    app.world.wechat.expireSession(app.account);
    await app.clock.advance(2 * second);
    app.device.hide();
    app.device.show();
    await app.clock.advance(second);
    expect([auth.getSnapshot().status, app.count('login')]).toEqual(['signedIn', 2]);
  });

  it('answers a hundred requests that meet a revoked token with one sign-in (G-05)', async () => {
    const app = createTestApp();
    const { auth } = start(app, timerPromise);
    watch(auth.ensure());
    await app.clock.advance(second);
    app.backend.revokeTokens();
    const answers = Array.from({ length: 100 }, () => watch(auth.request({ url: '/orders' })));
    await app.clock.advance(10 * second);
    expect(new Set(answers.map(wordOf))).toEqual(new Set(['ok']));
    expect(app.requests(SIGN_IN)).toBe(2);
  });

  it('settles when the host never answers (G-09)', async () => {
    const app = createTestApp();
    const { auth } = start(app, timerPromise);
    app.device.faults.next('login', { hang: true });
    const session = watch(auth.ensure());
    await app.clock.advance(11 * second);
    expect(wordOf(session)).toBe('timeout');
  });
});
