import { expect, it } from 'vitest';
import { createTestApp, SIGN_IN, watch, wordOf } from '../support/app.js';
import { second, signedIn } from './support/scene.js';

it('G-07 a sign-in that failed is tried anew for the next who asks', async () => {
  const app = createTestApp();
  app.backend.failNext(SIGN_IN, { status: 500, code: 'INTERNAL' });
  const first = watch(app.auth.ensure());
  await app.clock.advance(second);
  const next = watch(app.auth.ensure());
  await app.clock.advance(second);
  expect([wordOf(first), wordOf(next)]).toEqual(['unavailable', 'ok']);
});

it('G-07 a host that did not answer is asked again, though many shared its silence', async () => {
  const app = createTestApp();
  app.device.faults.next('login', { hang: true });
  const shared = [watch(app.auth.ensure()), watch(app.auth.ensure())];
  await app.clock.advance(15 * second);
  const request = watch(app.auth.request({ url: '/orders' }));
  await app.clock.advance(second);
  expect([...shared, request].map(wordOf)).toEqual(['timeout', 'timeout', 'ok']);
});

it('G-07 a renewal that failed is tried anew for the next who asks', async () => {
  const app = await signedIn();
  app.world.wechat.expireSession(app.account);
  app.backend.failNext(SIGN_IN, { status: 502, code: 'HOST_UNAVAILABLE' });
  const first = watch(app.restart().ensure());
  await app.clock.advance(second);
  const next = watch(app.auth.ensure());
  await app.clock.advance(second);
  expect([wordOf(first), wordOf(next)]).toEqual(['unavailable', 'ok']);
});
