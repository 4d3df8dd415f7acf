import { expect, it } from 'vitest';
import { createTestApp, watch, wordOf } from '../support/app.js';
import { placePhoneButton } from './support/phone-button.js';
import { BEFORE_SHEETS, placeProfileButton } from './support/profile-button.js';
import { minute, second } from './support/scene.js';

/** Somebody who was asked for their phone number, and said no. */
async function refused() {
  const app = createTestApp();
  const button = placePhoneButton(app);
  await button.pressAndAnswer('deny');
  return { ...app, button, flow: button.flow };
}

it('G-12 whoever says no is left in peace, and another way in is offered', async () => {
  const { button, clock, device, flow } = await refused();
  await clock.advance(10 * minute);
  expect(flow.getSnapshot()).toMatchObject({ state: 'denied', busy: false, otherWay: true, live: true });
  expect([device.sheets.length, button.heard.length]).toEqual([0, 1]);
});

it('G-12 a new tap asks again, as often as the person likes, and a yes then counts', async () => {
  const { button, clock, flow } = await refused();
  const states = [flow.getSnapshot().state];
  for (const answer of ['deny', 'deny', 'allow'] as const) {
    await clock.advance(minute);
    await button.pressAndAnswer(answer);
    states.push(flow.getSnapshot().state);
  }
  expect(states).toEqual(['denied', 'denied', 'denied', 'succeeded']);
});

it('G-12 the other way in works, and leaves the no as it is', async () => {
  const { auth, clock, flow } = await refused();
  const session = watch(auth.ensure());
  await clock.advance(second);
  expect([wordOf(session), flow.getSnapshot().state]).toEqual(['ok', 'denied']);
});

it('G-12 the same goes for the profile: a no rests, and the form is another way', async () => {
  const app = createTestApp({}, BEFORE_SHEETS);
  const { flow, press } = placeProfileButton(app);
  await app.clock.advance(second);
  const sheet = press();
  await app.clock.advance(100);
  sheet.deny();
  await app.clock.advance(10 * minute);
  expect(flow.getSnapshot()).toMatchObject({ state: 'denied', busy: false, otherWay: true, by: 'hostButton' });
  expect([app.device.sheets.length, app.count('getUserInfo')]).toEqual([0, 0]);
  flow.fillIn();
  expect(flow.getSnapshot().by).toBe('form');
});
