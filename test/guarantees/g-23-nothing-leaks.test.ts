import { expect, it } from 'vitest';
import { createTestApp, SIGN_OUT, type TestApp, watch } from '../support/app.js';
import { placePhoneButton } from './support/phone-button.js';
import { minute, second, signedIn } from './support/scene.js';

/** Which of all codes and tokens of this world a text gives away, and how many there are. */
function leaksOf({ backend, world }: TestApp, told: unknown) {
  const text = JSON.stringify(told);
  const tokens = backend.calls.map(({ token }) => token).filter(Boolean);
  const secrets = new Set([...world.wechat.codes.map(({ code }) => code), ...tokens]);
  return { leaked: [...secrets].filter((secret) => text.includes(secret)), known: secrets.size };
}

/** What an inspector is given. An actor's reference is a handle; its id stands for it. */
const inspectedBy = ({ inspected }: TestApp) =>
  inspected.map(({ rootId: _, ...event }) => ({ ...event, actorRef: event.actorRef.sessionId }));

it('G-23 inspecting a sign-in, a renewal and a sign-out shows no code and no token', async () => {
  const app = await signedIn();
  app.backend.revokeTokens();
  watch(app.auth.request({ url: '/orders' }));
  await app.clock.advance(second);
  watch(app.auth.signOut());
  await app.clock.advance(second);
  expect(app.requests(SIGN_OUT)).toBe(1);
  expect(leaksOf(app, inspectedBy(app))).toEqual({ leaked: [], known: 4 });
});

it('G-23 inspecting what goes wrong shows none either', async () => {
  const app = createTestApp();
  app.world.wechat.openApi.fail(40163, 2);
  app.device.faults.next('login', { hang: true });
  watch(app.auth.ensure());
  await app.clock.advance(second);
  app.device.pending('login')[0]?.release();
  await app.clock.advance(minute);
  expect(leaksOf(app, inspectedBy(app))).toEqual({ leaked: [], known: 2 });
});

it('G-23 an app that writes its session to a log writes no token', async () => {
  const app = await signedIn();
  const session = watch(app.auth.ensure());
  watch(app.auth.request({ url: '/orders' }));
  await app.clock.advance(second);
  expect(leaksOf(app, session.outcome)).toEqual({ leaked: [], known: 2 });
  expect(session.outcome).toMatchObject({ value: { user: app.auth.getSnapshot().user } });
});

it('G-23 inspecting a phone button and a registration shows no number, no phone code and no password', async () => {
  const app = createTestApp();
  const { flow, heard, pressAndAnswer } = placePhoneButton(app);
  await pressAndAnswer();
  const phone = flow.getSnapshot().user?.phone?.reveal();
  watch(app.auth.signOut());
  await app.clock.advance(second);
  const linking = app.auth.linking();
  linking.register({ username: 'xiaohong', password: 'a good password' });
  await app.clock.advance(5 * second);
  expect([app.requests('/register'), app.requests('/wechat/link')]).toEqual([1, 1]);

  const secrets = ['code', 'encryptedData'].map((name) => Reflect.get(Object(heard[0]), name));
  const told = JSON.stringify([inspectedBy(app), flow.getSnapshot(), linking.getSnapshot()]);
  for (const secret of [phone, ...secrets, 'a good password']) {
    expect(secret).toEqual(expect.any(String));
    expect(told).not.toContain(secret);
  }
});
