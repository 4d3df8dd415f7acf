import { expect, it } from 'vitest';
import { createTestApp, SIGN_IN, watch, wordOf } from '../support/app.js';
import { OLD, placePhoneButton } from './support/phone-button.js';
import { anotherAuth, second } from './support/scene.js';

it('G-03 while the server exchanges a code, nobody else’s wish replaces its session key', async () => {
  const app = createTestApp();
  app.backend.failNext(SIGN_IN, { delay: 5 * second });
  const first = watch(app.auth.ensure());
  await app.clock.advance(second);
  const other = watch(anotherAuth(app).ensure());
  await app.clock.advance(3 * second);
  expect([app.count('login'), wordOf(first), wordOf(other)]).toEqual([1, 'pending', 'pending']);
  await app.clock.advance(5 * second);
  expect([app.count('login'), wordOf(first), wordOf(other)]).toEqual([2, 'ok', 'ok']);
});

it('G-03 whoever gives up waiting for the server gives the key free, and no sooner', async () => {
  const app = createTestApp();
  app.backend.failNext(SIGN_IN, { hang: true });
  watch(app.auth.ensure());
  await app.clock.advance(second);
  const other = watch(anotherAuth(app).ensure());
  await app.clock.advance(3 * second);
  expect([app.count('login'), wordOf(other)]).toEqual([1, 'pending']);
  app.auth.stop();
  await app.clock.advance(second);
  expect([app.count('login'), wordOf(other)]).toEqual([2, 'ok']);
});

it('G-03 a code that comes late is the newest: who waits for the key to be free takes it, and logs in no more', async () => {
  const app = createTestApp();
  app.device.faults.next('login', { hang: true });
  watch(app.auth.ensure());
  await app.clock.advance(11 * second);
  app.backend.failNext(SIGN_IN, { delay: 5 * second });
  const first = watch(anotherAuth(app).ensure());
  await app.clock.advance(second);
  const next = watch(anotherAuth(app).ensure());
  await app.clock.advance(second);
  app.device.pending('login')[0]?.release();
  await app.clock.advance(second);
  expect([app.count('login'), wordOf(first)]).toEqual([2, 'pending']);
  await app.clock.advance(5 * second);
  expect([app.count('login'), wordOf(first), wordOf(next)]).toEqual([2, 'ok', 'ok']);
});

it('G-03 from the tap on a phone button until the server has answered, nobody logs in', async () => {
  const app = createTestApp({}, OLD);
  const { flow, press } = placePhoneButton(app);
  await app.clock.advance(second);
  const sheet = press();
  const session = watch(anotherAuth(app).ensure());
  await app.clock.advance(10 * second);
  expect([app.count('login'), wordOf(session)]).toEqual([1, 'pending']);
  sheet?.allow();
  await app.clock.advance(2 * second);
  expect([flow.getSnapshot().state, wordOf(session)]).toEqual(['succeeded', 'ok']);
});
