import { afterAll, afterEach, expect, it, vi } from 'vitest';
import type { WechatDevice } from '../../../simulator/index.js';
import { BASE_URL, createTestApp, SIGN_IN, watch, wordOf } from '../../support/app.js';
import { loadLoginButton } from '../support/button-page.js';
import { installNativePackage } from '../support/native-package.js';

const second = 1000;
const native = installNativePackage();
const open = loadLoginButton(native.folder);

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});
afterAll(native.remove);

/** The app's own code comes from the ESM build, the button on its page from the native one. */
async function startApart(toApp: (wx: WechatDevice['wx']) => WechatDevice['wx'] = (wx) => wx) {
  const esm = {
    ...(await import('../../../dist/index.js')),
    ...(await import('../../../dist/adapters/wechat.js')),
    ...(await import('../../../dist/adapters/server.js')),
  };
  const app = createTestApp();
  vi.stubGlobal('wx', app.device.wx);
  const auth = esm.createAuth({
    platform: esm.wechat({ wx: toApp(app.device.wx) }),
    backend: esm.server({ baseUrl: BASE_URL }),
    clock: app.clock,
  });
  return { app, auth, esm };
}

it('an app from one bundle and a button from another are two copies of the code', async () => {
  const { esm } = await startApart();
  expect(esm.createAuth).not.toBe(native.createAuth);
});

it('the button finds the app’s auth on the host, and both have the same user', async () => {
  const { app, auth } = await startApart();
  const page = open();
  page.tap();
  await app.clock.advance(second);
  expect(page.look().signedIn).toBe(true);
  expect(page.heard.at(-1)).toEqual({ type: 'success', detail: { user: auth.getSnapshot().user } });
  const session = watch(auth.ensure());
  await app.clock.settle();
  expect([wordOf(session), app.requests(SIGN_IN)]).toEqual(['ok', 1]);
});

it('the button finds it where a framework has given the app a copy of the host', async () => {
  const { app } = await startApart((wx) => ({ ...wx }));
  const page = open();
  page.tap();
  await app.clock.advance(second);
  expect(page.look().signedIn).toBe(true);
  expect(app.count('login')).toBe(1);
});

it('buttons and code share one sign-in (G-05)', async () => {
  const { app, auth } = await startApart();
  const pages = [open(), open()];
  for (const page of pages) page.tap();
  watch(auth.ensure());
  await app.clock.advance(second);
  expect(pages.map((page) => page.look().signedIn)).toEqual([true, true]);
  expect([app.count('login'), app.requests(SIGN_IN)]).toEqual([1, 1]);
});

it('a failure crosses the border between bundles by its kind', async () => {
  const { app } = await startApart();
  const page = open({ props: { createUser: false } });
  page.tap();
  await app.clock.advance(second);
  expect(page.heard.at(-1)).toMatchObject({ type: 'failure', detail: { kind: 'unregistered' } });
});
