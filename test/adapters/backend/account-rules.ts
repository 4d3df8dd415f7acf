import { describe, expect, it } from 'vitest';
import type { Credentials, LoginName } from '../../../ports/account.js';
import { secret } from '../../../ports/secret.js';
import { type Bench, expectRefused, newName } from './bench.js';

const NO_DETAILS = {
  gender: 0,
  country: '',
  province: '',
  city: '',
  language: '',
  isEmailVerified: false,
  isAnonymous: false,
};
const PASSWORD = secret('long enough');

const credentials = (by: LoginName, name: string, password = PASSWORD): Credentials => ({
  by,
  name: secret(name),
  password,
});

/** What holds of names and passwords, whatever stands behind the adapter. */
export function describeAccounts(bench: () => Bench): void {
  const newNameOf = (by: LoginName) =>
    ({ username: newName(), email: `${newName()}@example.com`, phone: bench().newPerson().phoneNumber })[by];

  describe('register and passwordSignIn', () => {
    it.each<LoginName>(['username', 'email', 'phone'])('make a user, and sign in again, by %s', async (by) => {
      const { backend } = bench();
      const name = newNameOf(by);
      const made = await backend.register(credentials(by, name));
      expect(made.user).toEqual({
        id: made.user.id,
        nickname: null,
        avatarUrl: null,
        openid: null,
        unionid: null,
        username: by === 'username' ? name : null,
        email: by === 'email' ? name : null,
        phone: by === 'phone' ? expect.anything() : null,
        phoneVerified: false,
        baasId: expect.any(Number),
        details: { ...NO_DETAILS, createdAt: expect.any(Number) },
      });
      if (by === 'phone') expect(made.user.phone?.reveal()).toBe(`+86${name}`);
      const again = await backend.passwordSignIn(credentials(by, name));
      expect(again.user).toEqual({ ...made.user, ...(by === 'phone' && { phone: expect.anything() }) });
      expect(again.token.reveal()).not.toBe(made.token.reveal());
      expect(again.expiresAt).toBeGreaterThan(Date.now());
    });

    it('know a name in whatever letters and spaces it is written', async () => {
      const { backend } = bench();
      const [username, email, phone] = [newNameOf('username'), newNameOf('email'), newNameOf('phone')];
      const users = [
        await backend.register(credentials('username', username.toUpperCase())),
        await backend.register(credentials('email', email.toUpperCase())),
        await backend.register(credentials('phone', `${phone.slice(0, 3)} ${phone.slice(3)}`)),
      ];
      const again = [
        await backend.passwordSignIn(credentials('username', username)),
        await backend.passwordSignIn(credentials('email', email)),
        await backend.passwordSignIn(credentials('phone', `+86${phone}`)),
      ];
      expect(again.map(({ user }) => user.id)).toEqual(users.map(({ user }) => user.id));
    });

    it.each([
      ['username', 'USERNAME_TAKEN'],
      ['email', 'EMAIL_TAKEN'],
      ['phone', 'PHONE_TAKEN'],
    ] as const)('give each %s to one user', async (by, code) => {
      const { backend } = bench();
      const name = newNameOf(by);
      await backend.register(credentials(by, name));
      await expectRefused(backend.register(credentials(by, name.toUpperCase(), secret('another one'))), code);
    });

    it('tell a wrong name from a wrong password to nobody', async () => {
      const { backend, enter } = bench();
      const name = newNameOf('username');
      await backend.register(credentials('username', name));
      const wrong = secret('wrong password');
      await expectRefused(backend.passwordSignIn(credentials('username', name, wrong)), 'PASSWORD_WRONG');
      await expectRefused(backend.passwordSignIn(credentials('username', newName())), 'PASSWORD_WRONG');
      const { token } = await enter();
      const other = newNameOf('username');
      await backend.setAccount(token, { username: other });
      await expectRefused(backend.passwordSignIn(credentials('username', other)), 'PASSWORD_WRONG');
    });

    it.each([7, 129])('take no password of %i letters', async (length) => {
      const { backend } = bench();
      const weak = secret('x'.repeat(length));
      await expectRefused(backend.register(credentials('username', newName(), weak)), 'PASSWORD_TOO_WEAK');
    });

    it.each([
      ['username', ''],
      ['username', 'ab'],
      ['username', 'x'.repeat(31)],
      ['username', 'with blank'],
      ['username', '小明小明'],
      ['email', 'nobody'],
      ['email', 'nobody@example'],
      ['email', 'no body@example.com'],
      ['email', '@example.com'],
      ['email', 'a..b@example.com'],
      ['phone', '12345'],
      ['phone', '23800138000'],
      ['phone', '+0123456789'],
      ['phone', '1380013800a'],
    ] as const)('take no %s such as "%s"', async (by, name) => {
      const { backend } = bench();
      await expectRefused(backend.register(credentials(by, name)), 'INVALID_REQUEST');
      await expectRefused(backend.passwordSignIn(credentials(by, name)), 'INVALID_REQUEST');
    });

    it.each([0, 1025])('take no password of %i letters at all', async (length) => {
      const { backend } = bench();
      const none = secret('x'.repeat(length));
      await expectRefused(backend.register(credentials('username', newName(), none)), 'INVALID_REQUEST');
    });

    it('take no body of more than 16 KB', async () => {
      const { backend } = bench();
      const long = secret('x'.repeat(17_000));
      await expectRefused(backend.register(credentials('username', newName(), long)), 'BODY_TOO_LARGE');
    });
  });

  describe('anonymousSignIn', () => {
    it('makes a user of whom nothing is known, each time another, who may link no host account', async () => {
      const { backend, loginCode, newPerson } = bench();
      const [one, other] = [await backend.anonymousSignIn?.(), await backend.anonymousSignIn?.()];
      if (!one || !other) throw new Error('nobody was signed in');
      expect(one.user).toMatchObject({ nickname: null, openid: null, username: null, phone: null });
      expect(one.user.details).toMatchObject({ ...NO_DETAILS, isAnonymous: true });
      expect(other.user.id).not.toBe(one.user.id);
      expect(other.user.baasId).not.toBe(one.user.baasId);
      const link = { code: await loginCode(newPerson()), withUnionId: false, overwrite: false };
      await expectRefused(backend.link(one.token, link), 'ANONYMOUS_MAY_NOT_LINK');
    });
  });

  describe('readUser', () => {
    it('tells who the token belongs to, by the same whole number each time', async () => {
      const { backend, enter } = bench();
      const { token, user } = await enter();
      expect(await backend.readUser?.(token)).toEqual(user);
      expect(Number.isSafeInteger(user.baasId)).toBe(true);
    });

    it('rejects a token that it never gave', async () => {
      const { backend } = bench();
      await expect(backend.readUser?.(secret('made up'))).rejects.toMatchObject({ kind: 'token-rejected' });
    });
  });

  describe('setAccount', () => {
    it('sets names and a password, by which one signs in next, and the host account is told', async () => {
      const { backend, enter, newPerson } = bench();
      const { token, user } = await enter();
      const [username, email, phone] = [newName(), `${newName()}@example.com`, newPerson().phoneNumber];
      const changes = { username, email, phone: secret(phone), password: PASSWORD };
      const changed = await backend.setAccount(token, changes);
      expect(changed).toEqual({ ...user, username, email, phone: expect.anything(), phoneVerified: false });
      expect(changed.phone?.reveal()).toBe(`+86${phone}`);
      const { user: found } = await backend.passwordSignIn(credentials('email', email));
      expect(found).toEqual({ ...changed, phone: expect.anything() });
    });

    it('leaves what is left out, and wants the password for another one', async () => {
      const { backend } = bench();
      const name = newNameOf('username');
      const { token, user } = await backend.register(credentials('username', name));
      const next = secret('another password');
      await expectRefused(backend.setAccount(token, { password: next }), 'PASSWORD_WRONG');
      await expectRefused(backend.setAccount(token, { password: next, currentPassword: next }), 'PASSWORD_WRONG');
      const weak = { password: secret('short'), currentPassword: PASSWORD };
      await expectRefused(backend.setAccount(token, weak), 'PASSWORD_TOO_WEAK');
      expect(await backend.setAccount(token, { password: next, currentPassword: PASSWORD })).toEqual(user);
      await expectRefused(backend.passwordSignIn(credentials('username', name)), 'PASSWORD_WRONG');
      expect((await backend.passwordSignIn(credentials('username', name, next))).user).toEqual(user);
    });

    it('takes no name of another user, and minds not one’s own', async () => {
      const { backend, enter } = bench();
      const [username, email, phone] = [newNameOf('username'), newNameOf('email'), newNameOf('phone')];
      const first = await enter();
      const second = await enter();
      const names = { username, email, phone: secret(phone) };
      await backend.setAccount(first.token, names);
      expect(await backend.setAccount(first.token, names)).toMatchObject({ username, email });
      await expectRefused(backend.setAccount(second.token, { username }), 'USERNAME_TAKEN');
      await expectRefused(backend.setAccount(second.token, { email }), 'EMAIL_TAKEN');
      await expectRefused(backend.setAccount(second.token, { phone: secret(phone) }), 'PHONE_TAKEN');
      await expectRefused(backend.setAccount(second.token, { username, password: PASSWORD }), 'USERNAME_TAKEN');
      const now = await backend.setAccount(second.token, { password: PASSWORD });
      expect(now).toMatchObject({ username: null, email: null, phone: null });
    });

    it('keeps a proved number proved, and takes another one as not proved', async () => {
      const { backend, enter, newPerson, phoneOf } = bench();
      const { person, token } = await enter();
      await backend.setPhone(token, { phone: (await phoneOf(person)).proof, code: null, overwrite: true });
      const same = await backend.setAccount(token, { phone: secret(person.phoneNumber) });
      const untouched = await backend.setAccount(token, { username: newName() });
      const other = await backend.setAccount(token, { phone: secret(newPerson().phoneNumber) });
      expect([same, untouched, other].map(({ phoneVerified }) => phoneVerified)).toEqual([true, true, false]);
    });

    it('wants something to change, and somebody who is signed in', async () => {
      const { backend, enter } = bench();
      const { token } = await enter();
      await expectRefused(backend.setAccount(token, {}), 'INVALID_REQUEST');
      await expectRefused(backend.setAccount(token, { currentPassword: PASSWORD }), 'INVALID_REQUEST');
      await expectRefused(backend.setAccount(secret('no token'), { username: newName() }), 'TOKEN_REJECTED');
    });
  });

  describe('signIn and signOut', () => {
    it('answer the same user each time, and end one session alone', async () => {
      const { backend, enter } = bench();
      const first = await enter();
      const second = await enter(first.person);
      expect(second.user).toEqual(first.user);
      await backend.signOut(first.token);
      await backend.signOut(first.token);
      await expectRefused(backend.setAccount(first.token, { username: newName() }), 'TOKEN_REJECTED');
      await backend.setAccount(second.token, { username: newName() });
    });

    it('G-06: refuse another user than the expected one, and make nobody', async () => {
      const { backend, enter, newPerson, loginCode } = bench();
      const { person, user } = await enter();
      const wish = { createUser: true, withUnionId: false };
      const other = { ...wish, code: await loginCode(person), expectedUserId: 'somebody-else' };
      await expectRefused(backend.signIn(other), 'ACCOUNT_CHANGED');
      const nobody = { ...wish, code: await loginCode(newPerson()), expectedUserId: user.id };
      await expectRefused(backend.signIn(nobody), 'ACCOUNT_NOT_FOUND');
    });
  });
}
