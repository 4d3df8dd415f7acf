import { describe, expect, it } from 'vitest';
import { secret } from '../../../ports/secret.js';
import { type Bench, expectRefused, signInWith } from './bench.js';

/** What holds of phone numbers, whatever stands behind the adapter. */
export function describePhones(bench: () => Bench): void {
  describe('phoneSignIn', () => {
    it('S-04: signs in by what is encrypted with the key of the login code', async () => {
      const { backend, newPerson, loginCode, phoneOf } = bench();
      const person = newPerson();
      const code = await loginCode(person);
      const { byEncryption, phone } = await phoneOf(person);
      const { user } = await backend.phoneSignIn(signInWith(byEncryption, code));
      expect(user.phone?.reveal()).toBe(phone);
    });

    it('G-03: refuses what was encrypted before the login code was taken', async () => {
      const { backend, newPerson, loginCode, phoneOf } = bench();
      const person = newPerson();
      await loginCode(person);
      const { byEncryption } = await phoneOf(person);
      await expectRefused(backend.phoneSignIn(signInWith(byEncryption, await loginCode(person))), 'DECRYPT_FAILED');
    });

    it('G-18: makes nobody where nobody is to be made', async () => {
      const { backend, newPerson, phoneSignInOf } = bench();
      const wish = await phoneSignInOf(newPerson(), { createUser: false });
      await expectRefused(backend.phoneSignIn(wish), 'ACCOUNT_NOT_FOUND');
    });

    it('signs in whoever proved the number before, with another host account', async () => {
      const { backend, newPerson, phoneSignInOf } = bench();
      const first = newPerson();
      const { user } = await backend.phoneSignIn(await phoneSignInOf(first));
      const second = newPerson({ phoneNumber: first.phoneNumber });
      const wish = await phoneSignInOf(second, { createUser: false });
      const other = await backend.phoneSignIn(wish);
      expect(other.user.id).toBe(user.id);
      expect(other.user.openid).not.toBe(user.openid);
    });

    it('refuses a number and a host account that belong to two users', async () => {
      const { backend, newPerson, enter, phoneSignInOf } = bench();
      const first = newPerson();
      await backend.phoneSignIn(await phoneSignInOf(first));
      const { person } = await enter(newPerson({ phoneNumber: first.phoneNumber }));
      await expectRefused(backend.phoneSignIn(await phoneSignInOf(person)), 'ACCOUNT_CONFLICT');
    });

    it('takes a number from who wrote it down without proof, and signs in nobody by that', async () => {
      const { backend, newPerson, phoneSignInOf } = bench();
      const person = newPerson();
      const written = { by: 'phone', name: secret(person.phoneNumber), password: secret('long enough') } as const;
      const squatter = await backend.register(written);
      expect([squatter.user.phone?.reveal(), squatter.user.phoneVerified]).toEqual([`+86${person.phoneNumber}`, false]);
      const { user } = await backend.phoneSignIn(await phoneSignInOf(person));
      expect(user.id).not.toBe(squatter.user.id);
      expect((await backend.setProfile(squatter.token, { nickname: null, avatarUrl: null }, false)).phone).toBeNull();
      await expectRefused(backend.passwordSignIn(written), 'PASSWORD_WRONG');
    });
  });

  describe('setPhone', () => {
    it('G-03: decrypts with the key that the server holds, or with that of a login code', async () => {
      const { backend, enter, loginCode, phoneOf } = bench();
      const { person, token } = await enter();
      const held = await phoneOf(person);
      const first = await backend.setPhone(token, { phone: held.byEncryption, code: null, overwrite: true });
      const code = await loginCode(person);
      const proved = await phoneOf(person);
      const second = await backend.setPhone(token, { phone: proved.byEncryption, code, overwrite: true });
      const kept = await backend.setPhone(token, { phone: proved.byEncryption, code: null, overwrite: true });
      expect([first, second, kept].map(({ phone }) => phone?.reveal())).toEqual([held.phone, held.phone, held.phone]);
    });

    it('G-03, G-20: refuses what the server’s key does not open', async () => {
      const { backend, enter, loginCode, phoneOf } = bench();
      const { person, token } = await enter();
      await loginCode(person);
      const { byEncryption } = await phoneOf(person);
      const update = { phone: byEncryption, code: null, overwrite: true };
      await expectRefused(backend.setPhone(token, update), 'DECRYPT_FAILED');
    });

    it.each(['encryptedData', 'iv'] as const)('S-04: refuses damaged data: %s', async (name) => {
      const { backend, enter, phoneOf } = bench();
      const { person, token } = await enter();
      const { byEncryption } = await phoneOf(person);
      const texts = { encryptedData: byEncryption.encryptedData.reveal(), iv: byEncryption.iv };
      const whole = texts[name];
      const set = (text: string) => {
        const { encryptedData, iv } = { ...texts, ...(name === 'iv' ? { iv: text } : { encryptedData: text }) };
        const phone = { encryptedData: secret(encryptedData), iv };
        return backend.setPhone(token, { phone, code: null, overwrite: true });
      };
      for (const damaged of [whole.slice(4), `${whole}AAAA`, `*${whole.slice(1)}`, whole.slice(0, 8), 'A']) {
        await expectRefused(set(damaged), 'DECRYPT_FAILED');
      }
      await expectRefused(set(''), 'INVALID_REQUEST');
    });

    it('refuses a number that another user has proved', async () => {
      const { backend, enter, newPerson, phoneOf } = bench();
      const first = await enter();
      const second = await enter(newPerson({ phoneNumber: first.person.phoneNumber }));
      await backend.setPhone(first.token, { phone: (await phoneOf(first.person)).proof, code: null, overwrite: true });
      const theirs = (await phoneOf(second.person)).proof;
      await expectRefused(
        backend.setPhone(second.token, { phone: theirs, code: null, overwrite: true }),
        'PHONE_TAKEN',
      );
    });

    it('refuses the login code of somebody else’s account, and keeps nothing of it', async () => {
      const { backend, enter, loginCode, phoneOf } = bench();
      const [first, second] = [await enter(), await enter()];
      const code = await loginCode(second.person);
      const { byEncryption } = await phoneOf(second.person);
      const update = { phone: byEncryption, code, overwrite: true };
      await expectRefused(backend.setPhone(first.token, update), 'ACCOUNT_CONFLICT');
      const { phone } = await backend.setProfile(first.token, { nickname: null, avatarUrl: null }, false);
      expect(phone).toBeNull();
    });

    it('G-20: says so where the server holds no key for the user', async () => {
      const { backend, newPerson, loginCode, phoneOf } = bench();
      const person = newPerson();
      const { token } = await backend.register({
        by: 'phone',
        name: secret(person.phoneNumber),
        password: secret('long enough'),
      });
      await loginCode(person);
      const { byEncryption } = await phoneOf(person);
      const update = { phone: byEncryption, code: null, overwrite: true };
      await expectRefused(backend.setPhone(token, update), 'SESSION_KEY_MISSING');
    });

    it('is for whoever is signed in', async () => {
      const { backend, enter, phoneOf } = bench();
      const { person, token } = await enter();
      const update = { phone: (await phoneOf(person)).proof, code: null, overwrite: true };
      await expectRefused(backend.setPhone(secret('no token'), update), 'TOKEN_REJECTED');
      await backend.signOut(token);
      await expectRefused(backend.setPhone(token, update), 'TOKEN_REJECTED');
    });
  });
}
