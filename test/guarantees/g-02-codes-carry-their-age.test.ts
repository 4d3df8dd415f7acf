import { expect, it } from 'vitest';
import type { Clock } from '../../ports/clock.js';
import { createTestApp, SIGN_IN, type TestApp, watch, wordOf } from '../support/app.js';
import { OLD, placePhoneButton } from './support/phone-button.js';
import { anotherAuth, minute, second } from './support/scene.js';

/** Who wanted the code has left before it came; somebody else asks when it is as old as this. */
async function askWhenCodeIs(age: number) {
  const app = createTestApp();
  watch(app.auth.ensure());
  app.auth.stop();
  await app.clock.advance(age);
  const session = watch(anotherAuth(app).ensure());
  await app.clock.advance(5 * second);
  return { word: wordOf(session), logins: app.count('login'), sent: app.requests(SIGN_IN) };
}

it('G-02 a code that nobody took is thrown away when the host would refuse it', async () => {
  expect(await askWhenCodeIs(6 * minute)).toEqual({ word: 'ok', logins: 2, sent: 1 });
});

it('G-02 it is of use until thirty seconds before its end, and not after, for the way to the server', async () => {
  expect(await askWhenCodeIs(4 * minute + 25 * second)).toEqual({ word: 'ok', logins: 1, sent: 1 });
  expect(await askWhenCodeIs(4 * minute + 35 * second)).toEqual({ word: 'ok', logins: 2, sent: 1 });
});

it('G-02 a code that came late is as old as the call for it, not as its coming', async () => {
  const app = createTestApp();
  app.device.faults.next('login', { hang: true, early: true });
  watch(app.auth.ensure());
  await app.clock.advance(4 * minute + 45 * second);
  app.device.pending('login')[0]?.release();
  await app.clock.advance(second);
  const session = watch(anotherAuth(app).ensure());
  await app.clock.advance(5 * second);
  expect([wordOf(session), app.count('login'), app.requests(SIGN_IN)]).toEqual(['ok', 2, 1]);
});

it('G-02 a button that rests on a code prepares again before that code is too old', async () => {
  const app = createTestApp({}, OLD);
  const { flow } = placePhoneButton(app);
  await app.clock.advance(4 * minute + 25 * second);
  expect([flow.getSnapshot().live, app.count('login')]).toEqual([true, 1]);
  await app.clock.advance(10 * second);
  expect([flow.getSnapshot().live, app.count('login')]).toEqual([true, 2]);
});

it('G-02 but not while its page is hidden: it prepares again once the page is shown', async () => {
  const app = createTestApp({}, OLD);
  const { flow } = placePhoneButton(app);
  await app.clock.advance(second);
  flow.hidden();
  await app.clock.advance(20 * minute);
  expect([flow.getSnapshot().live, app.count('login')]).toEqual([false, 1]);
  flow.shown();
  await app.clock.advance(second);
  expect([flow.getSnapshot().live, app.count('login')]).toEqual([true, 2]);
});

it('G-02 and when the app is shown again, since timers stand still in the background', async () => {
  let slept = 0;
  const clock: Clock = {
    now: () => app.clock.now() + slept,
    setTimeout: (callback, delay) => app.clock.setTimeout(callback, delay),
    clearTimeout: (timer) => app.clock.clearTimeout(timer),
  };
  const app: TestApp = createTestApp({ clock }, OLD);
  const { flow } = placePhoneButton(app);
  await app.clock.advance(second);
  app.device.hide();
  slept = 10 * minute;
  app.device.show();
  expect(flow.getSnapshot().live).toBe(false);
  await app.clock.advance(second);
  expect([flow.getSnapshot().live, app.count('login')]).toEqual([true, 2]);
});
