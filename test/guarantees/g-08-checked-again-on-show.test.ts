import { expect, it } from 'vitest';
import { SIGN_IN, watch, wordOf } from '../support/app.js';
import { hideAndShow, minute, second, signedIn } from './support/scene.js';

it('G-08 a session that died in the background is renewed when the app is shown', async () => {
  const app = await signedIn();
  app.world.wechat.expireSession(app.account);
  await app.clock.advance(5 * minute);
  await hideAndShow(app);
  expect([app.requests(SIGN_IN), app.auth.getSnapshot().status]).toEqual([2, 'signedIn']);
});

it('G-08 it is checked at most once in five minutes, however often the app is shown', async () => {
  const app = await signedIn();
  const checks = [];
  for (let round = 0; round < 3; round += 1) {
    for (let shows = 0; shows < 5; shows += 1) await hideAndShow(app);
    checks.push(app.count('checkSession'));
    await app.clock.advance(5 * minute);
  }
  expect(checks).toEqual([0, 1, 2]);
});

it('G-08 who asks while the app is being shown waits for the check, and gets no dead session', async () => {
  const app = await signedIn();
  app.world.wechat.expireSession(app.account);
  await app.clock.advance(5 * minute);
  app.device.show();
  const sessions = [watch(app.auth.ensure()), watch(app.auth.ensure())];
  await app.clock.advance(second);
  expect(sessions.map(wordOf)).toEqual(['ok', 'ok']);
  expect([app.count('checkSession'), app.requests(SIGN_IN)]).toEqual([1, 2]);
});
