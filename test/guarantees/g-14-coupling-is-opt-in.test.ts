import { expect, it } from 'vitest';
import type { PhoneOptions } from '../../machines/phone-flow.js';
import { createTestApp } from '../support/app.js';
import { placePhoneButton } from './support/phone-button.js';
import { minute } from './support/scene.js';

/** The phone button of an app whose privacy guide the person has yet to agree to. */
function place(options: PhoneOptions, baseLibrary: string) {
  const app = createTestApp({}, { privacyAgreed: false, baseLibrary });
  const button = placePhoneButton(app, options);
  /** What the person is asked, one thing after the other, and agrees to. */
  async function pressAndAgree() {
    const questions = [];
    button.press();
    await app.clock.advance(100);
    for (let [sheet] = app.device.sheets; sheet; [sheet] = app.device.sheets) {
      questions.push(sheet.question);
      sheet.allow();
      await app.clock.advance(100);
    }
    await app.clock.advance(minute);
    return questions;
  }
  return { ...app, flow: button.flow, button, pressAndAgree };
}

it('G-14 two things are asked in two steps, unless the app wants it otherwise', async () => {
  const { flow, pressAndAgree } = place({}, '3.7.0');
  expect(flow.getSnapshot().openType).toBe('getPhoneNumber');
  expect(await pressAndAgree()).toEqual(['privacy', 'getPhoneNumber']);
  expect(flow.getSnapshot().state).toBe('succeeded');
});

it('G-14 an app that wants one step gets two where the host would not answer', async () => {
  const { flow, pressAndAgree } = place({ coupled: true }, '2.33.0');
  expect(await pressAndAgree()).toEqual(['privacy', 'getPhoneNumber']);
  expect(flow.getSnapshot().state).toBe('succeeded');
});

it('G-14 where it gets one and hears nothing, the button is given back, and the next tap makes it two', async () => {
  const { clock, device, flow, button, pressAndAgree } = place({ coupled: true }, '3.7.0');
  expect(flow.getSnapshot().openType).toBe('getPhoneNumber|agreePrivacyAuthorization');
  device.faults.next('button.getPhoneNumber', { hang: true });
  button.press();
  await clock.advance(minute);
  expect(flow.getSnapshot()).toMatchObject({ state: 'unanswered', live: true, frozen: false, busy: false });
  device.faults.next('button.getPhoneNumber', { hang: true });
  button.press();
  await clock.advance(minute);
  expect(flow.getSnapshot()).toMatchObject({ openType: 'getPhoneNumber', live: true, frozen: false, busy: false });
  expect(await pressAndAgree()).toEqual(['getPhoneNumber']);
  expect(flow.getSnapshot().state).toBe('succeeded');
});
