import { expect, it } from 'vitest';
import { connect, type LoginButtonIntent } from '../../components/login-button/connect.js';
import { createTestApp, type TestApp, watch } from '../support/app.js';
import { second, signedIn } from './support/scene.js';

/** For each login that the host was asked for, whether the tap's call stack still stood. */
const loginsInGesture = ({ device }: TestApp) =>
  device.calls.filter(({ api }) => api === 'login').map(({ inGesture }) => inGesture);

it('G-10 ensure asks the host within the tap, though nothing was started before', async () => {
  const app = createTestApp();
  app.device.tap(() => watch(app.auth.ensure()));
  await app.clock.advance(second);
  expect(loginsInGesture(app)).toEqual([true]);
});

it('G-10 so does the tap on a login button', async () => {
  const app = createTestApp();
  app.auth.start();
  await app.clock.advance(second);
  const props = { createUser: true, withUnionId: false, disabled: false, texts: null };
  const send = (intent: LoginButtonIntent) => {
    if (intent.type === 'SIGN_IN') watch(app.auth.ensure(intent.options));
  };
  app.device.tap(() => connect(app.auth.getSnapshot(), props, 'zh', send).handlers.tap());
  await app.clock.advance(second);
  expect(loginsInGesture(app)).toEqual([true]);
});

it('G-10 so does a wish for more than the session at hand has, and a request of the app', async () => {
  const app = await signedIn();
  app.device.tap(() => watch(app.auth.ensure({ withUnionId: true })));
  const fresh = createTestApp();
  fresh.device.tap(() => watch(fresh.auth.request({ url: '/orders' })));
  await app.clock.advance(second);
  await fresh.clock.advance(second);
  expect([loginsInGesture(app), loginsInGesture(fresh)]).toEqual([[false, true], [true]]);
});
