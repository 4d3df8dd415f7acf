import { expect, it } from 'vitest';
import { placePhoneButton } from '../guarantees/support/phone-button.js';
import { second } from '../guarantees/support/scene.js';
import { createTestApp } from '../support/app.js';

// It rests on two guarantees, so it stands beside the tests of each.
it('terms that are taken back under a sheet that was closed unheard are asked for after the next answer (G-15, G-16)', async () => {
  const app = createTestApp();
  const { clock } = app;
  const { flow, press } = placePhoneButton(app, { terms: true });
  flow.acceptTerms(true);
  press();
  await clock.advance(second);
  flow.acceptTerms(false);
  const again = press();
  expect(again?.question).toBe('getPhoneNumber');
  again?.cancel();
  await clock.advance(second);
  expect(flow.getSnapshot()).toMatchObject({ state: 'cancelled', live: false, termsMissing: true });
  expect(press()?.question).toBeNull();
});
