import { describe, expect, it } from 'vitest';
import type { PhoneProof, PhoneSignIn } from '../../../ports/phone.js';
import { type Secret, secret } from '../../../ports/secret.js';
import { type Bench, expectRefused } from './bench.js';

const MINUTE = 60_000;

const signInWith = (phone: PhoneProof, code: Secret, more: Partial<PhoneSignIn> = {}): PhoneSignIn => ({
  phone,
  code,
  createUser: true,
  withUnionId: false,
  ...more,
});

/** What holds of phone numbers, whatever stands behind the adapter. */
export function describePhones(bench: () => Bench): void {
  describe('phoneSignIn', () => {
    it('W-13: signs in by phone code, and makes a user whose number is proved', async () => {
      const { backend, newPerson, loginCode, phoneOf } = bench();
      const person = newPerson();
      const { byCode, phone } = await phoneOf(person);
      const { user, token } = await backend.phoneSignIn(signInWith(byCode, await loginCode(person)));
      expect([user.phone?.reveal(), user.phoneVerified]).toEqual([phone, true]);
      expect(user.openid).toMatch(/^o/);
      const again = await backend.setProfile(token, { nickname: null, avatarUrl: null }, false);
      expect(again).toEqual({ ...user, phone: expect.anything() });
    });

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
      const { backend, newPerson, loginCode, phoneOf } = bench();
      const person = newPerson();
      const { byCode } = await phoneOf(person);
      const wish = signInWith(byCode, await loginCode(person), { createUser: false });
      await expectRefused(backend.phoneSignIn(wish), 'ACCOUNT_NOT_FOUND');
    });

    it('signs in whoever proved the number before, with another host account', async () => {
      const { backend, newPerson, loginCode, phoneOf } = bench();
      const first = newPerson();
      const { user } = await backend.phoneSignIn(signInWith((await phoneOf(first)).byCode, await loginCode(first)));
      const second = newPerson({ phoneNumber: first.phoneNumber });
      const wish = signInWith((await phoneOf(second)).byCode, await loginCode(second), { createUser: false });
      const other = await backend.phoneSignIn(wish);
      expect(other.user.id).toBe(user.id);
      expect(other.user.openid).not.toBe(user.openid);
    });

    it('refuses a number and a host account that belong to two users', async () => {
      const { backend, newPerson, enter, loginCode, phoneOf } = bench();
      const first = newPerson();
      await backend.phoneSignIn(signInWith((await phoneOf(first)).byCode, await loginCode(first)));
      const { person } = await enter(newPerson({ phoneNumber: first.phoneNumber }));
      await expectRefused(
        backend.phoneSignIn(signInWith((await phoneOf(person)).byCode, await loginCode(person))),
        'ACCOUNT_CONFLICT',
      );
    });

    it('takes a number from who wrote it down without proof, and signs in nobody by that', async () => {
      const { backend, newPerson, loginCode, phoneOf } = bench();
      const person = newPerson();
      const written = { by: 'phone', name: secret(person.phoneNumber), password: secret('long enough') } as const;
      const squatter = await backend.register(written);
      expect([squatter.user.phone?.reveal(), squatter.user.phoneVerified]).toEqual([`+86${person.phoneNumber}`, false]);
      const { user } = await backend.phoneSignIn(signInWith((await phoneOf(person)).byCode, await loginCode(person)));
      expect(user.id).not.toBe(squatter.user.id);
      expect((await backend.setProfile(squatter.token, { nickname: null, avatarUrl: null }, false)).phone).toBeNull();
      await expectRefused(backend.passwordSignIn(written), 'PASSWORD_WRONG');
    });

    it('G-01: takes each code once, and only codes that the host gave', async () => {
      const { backend, newPerson, loginCode, phoneOf } = bench();
      const person = newPerson();
      const code = await loginCode(person);
      const { byCode } = await phoneOf(person);
      await backend.phoneSignIn(signInWith(byCode, code));
      await expectRefused(backend.phoneSignIn(signInWith(byCode, code)), 'CODE_USED');
      await expectRefused(backend.phoneSignIn(signInWith(byCode, await loginCode(person))), 'PHONE_CODE_INVALID');
      await expectRefused(backend.phoneSignIn(signInWith(byCode, secret('no code'))), 'CODE_INVALID');
      const unknown = { phoneCode: secret('no phone code') };
      await expectRefused(backend.phoneSignIn(signInWith(unknown, await loginCode(person))), 'PHONE_CODE_INVALID');
    });

    it('W-13: refuses a phone code that is older than five minutes', async () => {
      const { backend, newPerson, loginCode, phoneOf, earlier } = bench();
      const person = newPerson();
      const { byCode } = await earlier(6 * MINUTE, () => phoneOf(person));
      await expectRefused(backend.phoneSignIn(signInWith(byCode, await loginCode(person))), 'PHONE_CODE_EXPIRED');
    });

    it('refuses whom the host blocks', async () => {
      const { backend, newPerson, loginCode, phoneOf, world } = bench();
      const person = newPerson();
      const { byCode } = await phoneOf(person);
      world.wechat.block(person.id);
      await expectRefused(backend.phoneSignIn(signInWith(byCode, await loginCode(person))), 'ACCOUNT_BLOCKED');
    });

    it('S-03: refuses where the host does not let the app do it', async () => {
      const { app, backend, newPerson, loginCode, phoneOf, world } = bench();
      const person = newPerson();
      const { byCode } = await phoneOf(person);
      world.wechat.restrict(app.appId, 'getPhoneNumber', 102);
      const asked = backend.phoneSignIn(signInWith(byCode, await loginCode(person)));
      await expectRefused(asked, 'HOST_NOT_PERMITTED');
      world.wechat.lift(app.appId, 'getPhoneNumber');
    });

    it.each([
      [-1, 'HOST_BUSY', 1000],
      [45011, 'RATE_LIMITED', 60_000],
      [61007, 'HOST_NOT_PERMITTED', undefined],
      [40013, 'HOST_MISCONFIGURED', undefined],
      [99999, 'HOST_UNAVAILABLE', undefined],
      ['nonsense', 'HOST_UNAVAILABLE', undefined],
      ['empty', 'HOST_UNAVAILABLE', undefined],
      ['down', 'HOST_UNAVAILABLE', undefined],
    ] as const)(
      'S-03, G-21: says so where the host answers %s: %s, to be tried after %s',
      async (fault, code, wait) => {
        const { backend, newPerson, loginCode, phoneOf, world } = bench();
        const person = newPerson();
        const { byCode } = await phoneOf(person);
        world.wechat.openApi.fail(fault, 1, 'getUserPhoneNumber');
        const asked = backend.phoneSignIn(signInWith(byCode, await loginCode(person)));
        await expectRefused(asked, code);
        await Promise.resolve(asked).catch((error) => expect(error.retryAfter).toBe(wait));
      },
    );

    it('G-01: takes no phone code twice, though the host has not spent it', async () => {
      const { backend, newPerson, loginCode, phoneOf, world } = bench();
      const person = newPerson();
      const { byCode } = await phoneOf(person);
      world.wechat.openApi.fail(-1, 1, 'getUserPhoneNumber');
      await expectRefused(backend.phoneSignIn(signInWith(byCode, await loginCode(person))), 'HOST_BUSY');
      await expectRefused(backend.phoneSignIn(signInWith(byCode, await loginCode(person))), 'PHONE_CODE_INVALID');
    });

    it('S-03: goes on with a new access token where the host has taken the old one back', async () => {
      const { backend, newPerson, loginCode, phoneOf, takeBackAccessToken } = bench();
      for (const person of [newPerson(), newPerson()]) {
        const { byCode, phone } = await phoneOf(person);
        const { user } = await backend.phoneSignIn(signInWith(byCode, await loginCode(person)));
        expect(user.phone?.reveal()).toBe(phone);
        await takeBackAccessToken();
      }
    });
  });

  describe('setPhone', () => {
    it('W-13: sets the number of a phone code', async () => {
      const { backend, enter, phoneOf } = bench();
      const { person, token, user } = await enter();
      const { byCode, phone } = await phoneOf(person);
      const changed = await backend.setPhone(token, { phone: byCode, code: null, overwrite: false });
      expect(changed).toEqual({ ...user, phone: expect.anything(), phoneVerified: true });
      expect(changed.phone?.reveal()).toBe(phone);
    });

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

    it.each([
      ['another app’s', { appid: 'wx-foreign', timestamp: Math.floor(Date.now() / 1000) }, 'WATERMARK_REFUSED'],
      ['from the future', { timestamp: Math.floor(Date.now() / 1000) + 600 }, 'WATERMARK_REFUSED'],
      ['no watermark', null, 'DECRYPT_FAILED'],
      ['no time', { timestamp: 'now' }, 'DECRYPT_FAILED'],
    ] as const)('S-05: refuses a number that is %s', async (_, change, code) => {
      const { app, backend, enter, sealed } = bench();
      const { token } = await enter();
      const watermark = change && { appid: app.appId, ...change };
      const phone = sealed({
        phoneNumber: '13800138000',
        purePhoneNumber: '13800138000',
        countryCode: '86',
        watermark,
      });
      await expectRefused(backend.setPhone(token, { phone, code: null, overwrite: true }), code);
    });

    it.each([
      [{}],
      [{ purePhoneNumber: '13800138000', countryCode: '86' }],
      [{ phoneNumber: '13800138001', purePhoneNumber: '13800138000', countryCode: '86' }],
      [{ phoneNumber: '138', purePhoneNumber: '138', countryCode: '86' }],
      [{ phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: 'cn' }],
    ])('S-04: refuses what is decrypted and no number: %o', async (content) => {
      const { app, backend, enter, sealed } = bench();
      const { token } = await enter();
      const watermark = { appid: app.appId, timestamp: Math.floor(Date.now() / 1000) };
      const phone = sealed({ ...content, watermark });
      await expectRefused(backend.setPhone(token, { phone, code: null, overwrite: true }), 'DECRYPT_FAILED');
    });

    it('S-05: refuses a number that lay about for too long', async () => {
      const { backend, enter, phoneOf, earlier } = bench();
      const { person, token } = await enter();
      const { byEncryption } = await earlier(11 * MINUTE, () => phoneOf(person));
      const update = { phone: byEncryption, code: null, overwrite: true };
      await expectRefused(backend.setPhone(token, update), 'WATERMARK_REFUSED');
    });

    it('replaces another number only where that is wanted, and takes the same one gladly', async () => {
      const { backend, enter, newPerson, phoneOf } = bench();
      const { person, token } = await enter();
      const [mine, same] = [await phoneOf(person), await phoneOf(person)];
      const [other, another] = [newPerson(), newPerson()];
      await backend.setPhone(token, { phone: mine.byCode, code: null, overwrite: false });
      await backend.setPhone(token, { phone: same.byCode, code: null, overwrite: false });
      await expectRefused(
        backend.setPhone(token, { phone: (await phoneOf(other)).byCode, code: null, overwrite: false }),
        'PHONE_ALREADY_SET',
      );
      const next = await phoneOf(another);
      const changed = await backend.setPhone(token, { phone: next.byCode, code: null, overwrite: true });
      expect(changed.phone?.reveal()).toBe(next.phone);
    });

    it('refuses a number that another user has proved', async () => {
      const { backend, enter, phoneOf } = bench();
      const [first, second] = [await enter(), await enter()];
      await backend.setPhone(first.token, { phone: (await phoneOf(first.person)).byCode, code: null, overwrite: true });
      const theirs = (await phoneOf(first.person)).byCode;
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
      const update = { phone: (await phoneOf(person)).byCode, code: null, overwrite: true };
      await expectRefused(backend.setPhone(secret('no token'), update), 'TOKEN_REJECTED');
      await backend.signOut(token);
      await expectRefused(backend.setPhone(token, update), 'TOKEN_REJECTED');
    });
  });
}
