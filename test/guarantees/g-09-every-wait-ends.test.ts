import { expect, it } from 'vitest';
import { watch, wordOf } from '../support/app.js';
import { second, signedIn } from './support/scene.js';

/** The next start of the app, on a host that does not say whether its session stands. */
async function startOnSilentHost() {
  const app = await signedIn();
  app.restart();
  app.device.faults.next('checkSession', { hang: true });
  return app;
}

it('G-09 a host that never says whether its session stands keeps nobody waiting', async () => {
  const app = await startOnSilentHost();
  const session = watch(app.auth.ensure());
  const request = watch(app.auth.request({ url: '/orders' }));
  await app.clock.advance(2 * second);
  expect([wordOf(session), wordOf(request)]).toEqual(['pending', 'pending']);
  await app.clock.advance(2 * second);
  expect([wordOf(session), wordOf(request)]).toEqual(['ok', 'ok']);
});

it('G-09 what it says after that moves nothing', async () => {
  const app = await startOnSilentHost();
  app.auth.start();
  await app.clock.advance(5 * second);
  const before = app.auth.getSnapshot();
  app.world.wechat.expireSession(app.account);
  app.device.pending('checkSession')[0]?.release();
  await app.clock.advance(5 * second);
  expect(app.auth.getSnapshot()).toBe(before);
  expect(before).toMatchObject({ status: 'signedIn', busy: false });
});

it('G-09 a host that answers nothing at all keeps nobody waiting, and its late code serves the next', async () => {
  const app = await startOnSilentHost();
  app.device.faults.next('login', { hang: true });
  const wanted = watch(app.auth.ensure({ withUnionId: true }));
  await app.clock.advance(14 * second);
  expect(wordOf(wanted)).toBe('timeout');
  app.device.pending('login')[0]?.release();
  await app.clock.advance(second);
  const logins = app.count('login');
  const next = watch(app.auth.ensure({ withUnionId: true, createUser: false }));
  await app.clock.advance(second);
  expect([wordOf(next), app.count('login') - logins]).toEqual(['ok', 0]);
});
