import { expect, it } from 'vitest';
import { SIGN_IN, type TestApp, watch, wordOf } from '../support/app.js';
import { second, signedIn } from './support/scene.js';

/** The user was removed at the server, and their tokens with them. */
async function whoseUserIsGone(): Promise<TestApp> {
  const app = await signedIn();
  app.backend.removeUser(app.backend.users[0]?.openid ?? '');
  return app;
}

it('G-06 a request whose user is gone makes no ghost account', async () => {
  const app = await whoseUserIsGone();
  const answer = watch(app.auth.request({ url: '/orders' }));
  await app.clock.advance(5 * second);
  expect(wordOf(answer)).not.toBe('ok');
  expect(app.backend.users).toHaveLength(0);
});

it('G-06 a session that ended with its user is not replaced, even for a caller who would have one made', async () => {
  const app = await whoseUserIsGone();
  app.world.wechat.expireSession(app.account);
  const session = watch(app.restart().ensure({ createUser: true }));
  await app.clock.advance(5 * second);
  expect(wordOf(session)).not.toBe('ok');
  expect(app.backend.users).toHaveLength(0);
});

it('G-06 the server is told whom a renewal is for, and refuses to sign in somebody else', async () => {
  const app = await signedIn();
  const stored = JSON.parse(app.device.wx.getStorageSync('denglu:session'));
  app.auth.stop();
  const another = { ...stored, user: { ...stored.user, id: 'somebody-else' } };
  app.device.wx.setStorageSync('denglu:session', JSON.stringify(another));
  app.world.wechat.expireSession(app.account);
  const session = watch(app.restart().ensure());
  await app.clock.advance(5 * second);
  expect(wordOf(session)).toBe('account-changed');
  const renewal = app.backend.calls.filter(({ path }) => path.endsWith(SIGN_IN)).at(-1);
  expect(renewal).toMatchObject({ status: 409, body: { createUser: false, expectedUserId: 'somebody-else' } });
});
