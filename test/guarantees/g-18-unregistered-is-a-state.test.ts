import { expect, it } from 'vitest';
import { connect } from '../../components/login-button/connect.js';
import { texts } from '../../components/login-button/texts.js';
import { createTestApp, watch, wordOf } from '../support/app.js';
import { second } from './support/scene.js';

/** Somebody without an account, on a page that makes none. */
async function unregistered() {
  const app = createTestApp();
  const session = watch(app.auth.ensure({ createUser: false }));
  await app.clock.advance(second);
  return { ...app, session };
}

it('G-18 where there is no account and none is to be made, that is the answer, and nobody is made', async () => {
  const { auth, backend, session } = await unregistered();
  expect(wordOf(session)).toBe('unregistered');
  expect(auth.getSnapshot()).toMatchObject({ status: 'signedOut', busy: false, failure: { kind: 'unregistered' } });
  expect(backend.users).toHaveLength(0);
});

it('G-18 the button then invites to sign in, and does not say that something went wrong', async () => {
  const { auth } = await unregistered();
  const props = { createUser: false, withUnionId: false, disabled: false, texts: null };
  const { view } = connect(auth.getSnapshot(), props, 'en', () => {});
  expect(view).toMatchObject({ label: texts.en.signIn, hint: 'There is no account here yet.' });
});

it('G-18 from there one can register, and is found the next time', async () => {
  const { auth, clock, session } = await unregistered();
  const registered = watch(auth.ensure({ createUser: true }));
  await clock.advance(second);
  watch(auth.signOut());
  await clock.advance(second);
  const found = watch(auth.ensure({ createUser: false, withUnionId: true }));
  await clock.advance(second);
  expect([session, registered, found].map(wordOf)).toEqual(['unregistered', 'ok', 'ok']);
});
