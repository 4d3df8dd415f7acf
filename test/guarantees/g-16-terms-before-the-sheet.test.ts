import { expect, it } from 'vitest';
import { createTestApp } from '../support/app.js';
import { placePhoneButton } from './support/phone-button.js';
import { second } from './support/scene.js';

/** A phone button of an app whose terms have to be accepted first. */
function placeWithTerms() {
  const app = createTestApp();
  return { ...app, ...placePhoneButton(app, { terms: true }) };
}

it('G-16 until the terms are accepted no tap opens the sheet, and the button says what is missing', async () => {
  const { clock, device, flow, heard, press } = placeWithTerms();
  const pressed = [press(), press()];
  await clock.advance(second);
  expect(flow.getSnapshot()).toMatchObject({ state: 'inviting', live: false, termsMissing: true });
  expect(pressed.map((sheet) => sheet?.question)).toEqual([null, null]);
  expect([device.sheets.length, heard.length]).toEqual([0, 0]);
});

it('G-16 once they are accepted a tap asks; taken back, it does not any more', async () => {
  const { flow, press, pressAndAnswer } = placeWithTerms();
  const questions = [press()?.question];
  flow.acceptTerms(true);
  await pressAndAnswer('cancel');
  questions.push(press()?.question);
  flow.cancel();
  flow.acceptTerms(false);
  questions.push(press()?.question);
  expect(questions).toEqual([null, 'getPhoneNumber', null]);
  expect(flow.getSnapshot()).toMatchObject({ live: false, termsMissing: true });
});

it('G-16 the button is swapped at rest, not under an open sheet, whose answer counts', async () => {
  const { clock, flow, press } = placeWithTerms();
  flow.acceptTerms(true);
  const sheet = press();
  await clock.advance(second);
  flow.acceptTerms(false);
  expect(flow.getSnapshot()).toMatchObject({ state: 'asking', live: true });
  sheet?.allow();
  await clock.advance(2 * second);
  expect(sheet?.lost).toBe(false);
  expect(flow.getSnapshot()).toMatchObject({ state: 'succeeded', live: false, termsMissing: true });
});
