import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { server } from '../../adapters/server.js';
import type { createBaaS } from '../../baas.js';
import type { Platform } from '../../ports/platform.js';
import { answerOf, createBaasBench, SOON } from '../baas/support/virtual.js';
import { native, swan } from '../build/support/built-files.js';
import { BASE_URL } from '../support/app.js';
import { appBeside, runApp } from './support/native-app.js';

interface Kit {
  createBaaS: typeof createBaaS;
  platform: () => Platform;
  server: typeof server;
}

const BUILT = { wechat: native, baidu: swan };

/** The native build, and an app beside it that calls nothing but its doors. */
function filesOf(host: 'wechat' | 'baidu') {
  return appBeside(
    BUILT[host],
    `
      exports.createBaaS = require('./baas').createBaaS;
      exports.platform = require('./adapters/${host}').${host};
      exports.server = require('./adapters/server').server;
    `,
  );
}

describe.each([
  ['WeChat', false],
  ['WeChat', true],
  ['Baidu', false],
  ['Baidu', true],
] as const)(
  'the native build of the documented calls on %s, with promises made of timers: %s (W-10, W-21)',
  (host, timerPromise) => {
    function start() {
      const bench = createBaasBench();
      const isBaidu = host === 'Baidu';
      const device = isBaidu ? bench.baiduDevice : bench.device;
      const kit = runApp<Kit>(device, filesOf(isBaidu ? 'baidu' : 'wechat'), { timerPromise, isBaidu });
      const BaaS = kit.createBaaS({
        platform: kit.platform(),
        backend: kit.server({ baseUrl: BASE_URL }),
        clock: kit.clock,
      });
      BaaS.init();
      return { ...bench, BaaS, login: isBaidu ? BaaS.auth.loginWithBaidu : BaaS.auth.loginWithWechat };
    }

    it('signs in, tells who it is, sets a name, and signs out', async () => {
      const { BaaS, login, outcome } = start();
      const user = answerOf(await outcome(login()));
      expect(answerOf(await outcome(BaaS.auth.getCurrentUser())).id).toBe(user.id);
      const account = { username: 'xiaoming', password: 'correct horse battery' };
      expect(answerOf(await outcome(user.setAccount(account)))._username).toBe('xiaoming');
      expect(await outcome(BaaS.auth.logout())).toHaveProperty('value');
      expect(answerOf(await outcome(BaaS.auth.login(account))).id).toBe(user.id);
    });

    it('answers 404 for nobody, then registers and links', async () => {
      const { BaaS, login, outcome } = start();
      expect(await outcome(login(null, { createUser: false }))).toMatchObject({
        code: 404,
        error: { message: 'not found' },
      });
      const user = answerOf(
        await outcome(BaaS.auth.register({ username: 'xiaoming', password: 'correct horse battery' })),
      );
      const linked = host === 'Baidu' ? user.linkBaidu() : user.linkWechat();
      expect(answerOf(await outcome(linked, 2 * SOON))).toMatchObject({ statusCode: 200, data: { user_id: user.id } });
      expect(answerOf(await outcome(login(null, { createUser: false }), 2 * SOON)).id).toBe(user.id);
    });

    it('rejects what is wrong, and throws nothing', async () => {
      const { BaaS, outcome } = start();
      expect(await outcome(BaaS.login())).toMatchObject({ code: 605 });
      expect(await outcome(BaaS.auth.getCurrentUser())).toMatchObject({ code: 604 });
    });
  },
);

it('no other door of the native build brings the documented calls along', () => {
  const files = filesOf('wechat');
  const reached = new Set<string>();
  const follow = (name: string) => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const [, path = ''] of (files[name] ?? '').matchAll(/require\("([^"]+)"\)/g)) {
      follow(join(name, '..', path));
    }
  };
  const doors = Object.keys(files).filter((name) => /^(index|adapters|components)\b/.test(name));
  for (const door of doors) follow(door);
  expect(doors.length).toBeGreaterThan(5);
  const text = [...reached].map((name) => files[name]).join('\n');
  expect(text).toContain('silentLogin');
  expect([text.includes('directCall'), text.includes('User associated.')]).toEqual([false, false]);
  expect(files['baas.js']).toContain('User associated.');
});
