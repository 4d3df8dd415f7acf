import { expect, it } from 'vitest';
import { createTestApp } from '../support/app.js';
import { placePhoneButton } from './support/phone-button.js';
import { minute, second } from './support/scene.js';

const PHONE_SIGN_IN = '/wechat/phone-sign-in';

it('G-15 from the tap to the answer the button stays as it is, however long the person takes', async () => {
  const app = createTestApp();
  const { flow, press } = placePhoneButton(app);
  const asked = press();
  const { openType } = flow.getSnapshot();
  await app.clock.advance(60 * minute);
  expect(flow.getSnapshot()).toMatchObject({ state: 'asking', frozen: true, busy: false, live: true, openType });
  asked?.allow();
  await app.clock.advance(2 * second);
  expect(flow.getSnapshot()).toMatchObject({ state: 'succeeded', frozen: false });
  expect(asked?.lost).toBe(false);
});

it('G-15 a sheet that is never answered leaves the button usable: a new tap asks anew', async () => {
  const app = createTestApp();
  const { flow, press } = placePhoneButton(app);
  app.device.faults.next('button.getPhoneNumber', { hang: true });
  press();
  await app.clock.advance(minute);
  press()?.allow();
  await app.clock.advance(2 * second);
  expect(flow.getSnapshot().state).toBe('succeeded');
});

it('G-15 of two sheets either may be answered, and only one answer is exchanged', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const app = createTestApp();
    app.backend.failNext(PHONE_SIGN_IN, { delay: second });
    const { flow, press, heard } = placePhoneButton(app);
    const sheets = [press(), press()];
    await app.clock.advance(second);
    for (const which of order) {
      sheets[which]?.allow();
      await app.clock.advance(100);
    }
    await app.clock.advance(5 * second);
    expect([flow.getSnapshot().state, heard.length, app.requests(PHONE_SIGN_IN)]).toEqual(['succeeded', 2, 1]);
  }
});
