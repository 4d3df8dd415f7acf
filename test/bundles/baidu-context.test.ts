import { resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';
import type { baidu } from '../../adapters/baidu.js';
import type { server } from '../../adapters/server.js';
import type { createAuth } from '../../machines/create-auth.js';
import { swan } from '../build/support/built-files.js';
import { BASE_URL, watch, wordOf } from '../support/app.js';
import { type BaiduTestApp, createBaiduTestApp } from '../support/baidu-app.js';
import { appBeside, runApp, TIMERS } from './support/native-app.js';

interface Kit {
  createAuth: typeof createAuth;
  baidu: typeof baidu;
  server: typeof server;
  lacked: string[];
}

const second = 1000;

/** The native build, and an app beside it that takes its doors in the given order, as an app may. */
function filesOf(order: readonly string[]): Record<string, string> {
  const doors: Readonly<Record<string, string>> = {
    index: `exports.createAuth = require('./index').createAuth;`,
    baidu: `exports.baidu = require('./adapters/baidu').baidu;`,
    server: `exports.server = require('./adapters/server').server;`,
  };
  const lacked = 'exports.lacked = [typeof [].flatMap, typeof Object.fromEntries, typeof wx, typeof globalThis];';
  return appBeside(swan, `${lacked}\n${order.map((door) => doors[door]).join('\n')}`);
}

/** The same app, as somebody's own bundler makes it of the ESM build. */
async function bundled(): Promise<Record<string, string>> {
  const entry = resolve('bundled-app.js');
  const source = `
    import { createAuth } from './dist/index.js';
    import { baidu } from './dist/adapters/baidu.js';
    import { server } from './dist/adapters/server.js';
    ${TIMERS}
    export { createAuth, baidu, server, timers };
  `;
  const build = await rolldown({
    input: entry,
    platform: 'neutral',
    resolve: { conditionNames: ['module', 'import', 'default'] },
    transform: { target: 'es2018' },
    plugins: [
      { name: 'app', load: (id) => (id === entry ? source : null), resolveId: (id) => (id === entry ? id : null) },
    ],
  });
  const { output } = await build.generate({ format: 'cjs' });
  await build.close();
  return { 'app.js': output[0].code };
}

function start(app: BaiduTestApp, timerPromise: boolean, files = filesOf(['index', 'baidu', 'server'])) {
  const kit = runApp<Kit>(app.device, files, { timerPromise, isBaidu: true });
  const auth = kit.createAuth({
    platform: kit.baidu(),
    backend: kit.server({ baseUrl: BASE_URL }),
    timing: { recheck: second },
    clock: kit.clock,
  });
  return { ...kit, auth };
}

describe.each([
  ['native promises', false],
  ['promises made of timers', true],
])('the native build in an engine of Baidu’s: %s (B-12)', (_, timerPromise) => {
  it('finds neither flatMap nor fromEntries', () => {
    const { lacked } = start(createBaiduTestApp(), timerPromise);
    expect(lacked).toEqual(['undefined', 'undefined', 'undefined', 'undefined']);
  });

  it.each([[['index', 'baidu', 'server']], [['server', 'baidu', 'index']]])(
    'signs in, sends a request, and signs out, whatever comes first: %o',
    async (order) => {
      const app = createBaiduTestApp();
      const { auth } = start(app, timerPromise, filesOf(order));
      const session = watch(auth.ensure());
      await app.clock.advance(second);
      const answer = watch(auth.request({ url: '/orders' }));
      await app.clock.advance(second);
      const out = watch(auth.signOut());
      await app.clock.advance(second);
      expect([wordOf(session), wordOf(answer), wordOf(out)]).toEqual(['ok', 'ok', 'ok']);
      expect(auth.getSnapshot().status).toBe('signedOut');
    },
  );

  it('runs every flow', async () => {
    const app = createBaiduTestApp();
    const { auth } = start(app, timerPromise);
    const phone = auth.phone();
    await app.clock.advance(second);
    app.device
      .press(
        { openType: 'getPhoneNumber' },
        { tap: () => phone.ask(), getphonenumber: ({ detail }) => phone.answer(detail) },
      )
      .allow();
    await app.clock.advance(second);
    const profile = auth.profile({ desc: '用于完善会员资料' });
    await app.clock.advance(second);
    app.device.press({ openType: 'getUserInfo' }, { getuserinfo: ({ detail }) => profile.answer(detail) }).allow();
    await app.clock.advance(second);
    const settings = auth.settings();
    settings.save({ username: 'xiaoming', password: 'correct horse battery' });
    await app.clock.advance(second);
    watch(auth.signOut());
    await app.clock.advance(second);
    const linking = auth.linking();
    linking.signIn({ username: 'xiaoming', password: 'correct horse battery' });
    await app.clock.advance(second);
    const states = [phone, profile, settings, linking].map((flow) => flow.getSnapshot().state);
    expect(states).toEqual(['succeeded', 'saved', 'saved', 'alreadyLinked']);
  });

  it('restores the session after a cold start, and renews one that has expired', async () => {
    const app = createBaiduTestApp();
    const first = start(app, timerPromise);
    watch(first.auth.ensure());
    await app.clock.advance(second);
    first.auth.stop();
    app.device.restart();
    const { auth } = start(app, timerPromise);
    auth.start();
    await app.clock.advance(second);
    expect([auth.getSnapshot().status, app.count('getLoginCode')]).toEqual(['signedIn', 1]);
    app.world.baidu.expireSession(app.account);
    await app.clock.advance(2 * second);
    app.device.hide();
    app.device.show();
    await app.clock.advance(second);
    expect([auth.getSnapshot().status, app.count('getLoginCode')]).toEqual(['signedIn', 2]);
  });
});

it('an app’s own bundle of the ESM build signs in where neither is (B-12)', async () => {
  const app = createBaiduTestApp();
  const { auth } = start(app, false, await bundled());
  const session = watch(auth.ensure());
  await app.clock.advance(second);
  expect(wordOf(session)).toBe('ok');
});
