import { expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';
import { OLD, placePhoneButton } from './support/phone-button.js';
import { BEFORE_SHEETS, placeProfileButton } from './support/profile-button.js';
import { second, signedIn } from './support/scene.js';

/** The person opens the app on another device, which logs in there. */
const logInElsewhere = ({ account, world }: TestApp) => world.wechat.issueCode(account);

it('G-20 a key that another device has replaced takes one more tap, for which a new one is ready', async () => {
  const app = createTestApp({}, OLD);
  const { flow, press, pressAndAnswer } = placePhoneButton(app);
  await app.clock.advance(second);
  const sheet = press();
  await logInElsewhere(app);
  await app.clock.advance(second);
  sheet?.allow();
  await app.clock.advance(2 * second);
  expect(flow.getSnapshot()).toMatchObject({ state: 'wantingAnotherTap', live: true, busy: false });
  expect(app.count('login')).toBe(2);
  await pressAndAnswer();
  expect([flow.getSnapshot().state, app.auth.getSnapshot().status]).toEqual(['succeeded', 'signedIn']);
});

it('G-20 who is signed in keeps their session, and the next tap is proved by a new code', async () => {
  const app = await signedIn({}, OLD);
  const { flow, pressAndAnswer } = placePhoneButton(app, { mode: 'update' });
  await app.clock.advance(second);
  app.backend.failNext('/wechat/phone', { status: 400, code: 'DECRYPT_FAILED' });
  const logins = app.count('login');
  await pressAndAnswer();
  expect(flow.getSnapshot()).toMatchObject({ state: 'wantingAnotherTap', live: true });
  expect([app.auth.getSnapshot().status, app.count('login') - logins]).toEqual(['signedIn', 1]);
});

it('G-20 the same goes for a profile that the host has signed', async () => {
  const app = await signedIn({}, BEFORE_SHEETS);
  const { flow, press } = placeProfileButton(app);
  await app.clock.advance(second);
  app.device.answers.next('getUserInfo', 'allow');
  app.backend.failNext('/wechat/profile', { status: 400, code: 'SIGNATURE_MISMATCH' });
  const states = [];
  for (let taps = 0; taps < 2; taps += 1) {
    press();
    await app.clock.advance(5 * second);
    states.push(flow.getSnapshot().state);
  }
  expect(states).toEqual(['tapAgain', 'saved']);
});
