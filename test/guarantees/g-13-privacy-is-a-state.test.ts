import { expect, it } from 'vitest';
import type { Restriction } from '../../simulator/index.js';
import { createTestApp } from '../support/app.js';
import { placePhoneButton } from './support/phone-button.js';
import { minute, second } from './support/scene.js';

/** A page with a phone button that asks in two steps, and a privacy popup of the app's own. */
function openPage(privacyAgreed: boolean) {
  const app = createTestApp({ ownPrivacyPopup: true }, { privacyAgreed });
  const popup = app.auth.privacy.popup();
  popup.shown();
  return { ...app, popup, button: placePhoneButton(app, { coupled: false }) };
}

it('G-13 privacy is asked for first, and who does not agree has said no to that, not to their number', async () => {
  const { auth, button, clock, device, popup } = openPage(false);
  button.press();
  await clock.advance(second);
  expect([auth.privacy.getSnapshot().isAsking, device.sheets.length]).toEqual([true, 0]);
  device.tap(() => popup.disagree());
  await clock.advance(second);
  expect(auth.privacy.getSnapshot().isAsking).toBe(false);
  expect(button.flow.getSnapshot()).toMatchObject({
    state: 'privacyRefused',
    otherWay: true,
    failure: { kind: 'privacy-refused' },
  });
});

it.each([112, 1025, 1026, 'banned'] satisfies Restriction[])(
  'G-13 what the guide does not declare (%s) is shown as a mistake of the app, which says what to declare',
  async (restriction) => {
    const { account, button, world } = openPage(true);
    world.wechat.restrict(account.appId, 'getPhoneNumber', restriction);
    await button.pressAndAnswer();
    expect(button.flow.getSnapshot()).toMatchObject({
      state: 'privacyUndeclared',
      otherWay: true,
      failure: { kind: 'privacy-undeclared', message: expect.stringMatching(/Declare 手机号 .*用户隐私保护指引/) },
    });
  },
);

it('G-13 and nobody tries that again: neither the app nor its server does', async () => {
  const { account, backend, button, clock, count, device, world } = openPage(true);
  world.wechat.restrict(account.appId, 'getPhoneNumber', 112);
  await button.pressAndAnswer();
  await clock.advance(10 * minute);
  expect([button.heard.length, count('login'), backend.calls.length, device.sheets.length]).toEqual([1, 0, 0, 0]);
  expect(button.flow.getSnapshot()).toMatchObject({ state: 'privacyUndeclared', busy: false });
});
