import { describe, expect, it } from 'vitest';
import { secret } from '../../../ports/secret.js';
import { type Bench, expectRefused, signInWith } from './bench.js';

const MINUTE = 60_000;

/** What holds of phone numbers on WeChat alone: its phone codes, and what is sealed beside a number. */
export function describeWechatPhones(bench: () => Bench): void {
  describe('phoneSignIn on WeChat', () => {
    it('W-13: signs in by phone code, and makes a user whose number is proved', async () => {
      const { backend, newPerson, loginCode, wechatPhoneOf: phoneOf } = bench();
      const person = newPerson();
      const { byCode, phone } = await phoneOf(person);
      const { user, token } = await backend.phoneSignIn(signInWith(byCode, await loginCode(person)));
      expect([user.phone?.reveal(), user.phoneVerified]).toEqual([phone, true]);
      expect(user.openid).toMatch(/^o/);
      const again = await backend.setProfile(token, { nickname: null, avatarUrl: null }, false);
      expect(again).toEqual({ ...user, phone: expect.anything() });
    });

    it('G-01: takes each code once, and only codes that the host gave', async () => {
      const { backend, newPerson, loginCode, wechatPhoneOf: phoneOf } = bench();
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
      const { backend, newPerson, loginCode, wechatPhoneOf: phoneOf, earlier } = bench();
      const person = newPerson();
      const { byCode } = await earlier(6 * MINUTE, () => phoneOf(person));
      await expectRefused(backend.phoneSignIn(signInWith(byCode, await loginCode(person))), 'PHONE_CODE_EXPIRED');
    });

    it('refuses whom the host blocks', async () => {
      const { backend, newPerson, loginCode, wechatPhoneOf: phoneOf, world } = bench();
      const person = newPerson();
      const { byCode } = await phoneOf(person);
      world.wechat.block(person.id);
      await expectRefused(backend.phoneSignIn(signInWith(byCode, await loginCode(person))), 'ACCOUNT_BLOCKED');
    });

    it('S-03: refuses where the host does not let the app do it', async () => {
      const { app, backend, newPerson, loginCode, wechatPhoneOf: phoneOf, world } = bench();
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
        const { backend, newPerson, loginCode, wechatPhoneOf: phoneOf, world } = bench();
        const person = newPerson();
        const { byCode } = await phoneOf(person);
        world.wechat.openApi.fail(fault, 1, 'getUserPhoneNumber');
        const asked = backend.phoneSignIn(signInWith(byCode, await loginCode(person)));
        await expectRefused(asked, code);
        await Promise.resolve(asked).catch((error) => expect(error.retryAfter).toBe(wait));
      },
    );

    it('G-01: takes no phone code twice, though the host has not spent it', async () => {
      const { backend, newPerson, loginCode, wechatPhoneOf: phoneOf, world } = bench();
      const person = newPerson();
      const { byCode } = await phoneOf(person);
      world.wechat.openApi.fail(-1, 1, 'getUserPhoneNumber');
      await expectRefused(backend.phoneSignIn(signInWith(byCode, await loginCode(person))), 'HOST_BUSY');
      await expectRefused(backend.phoneSignIn(signInWith(byCode, await loginCode(person))), 'PHONE_CODE_INVALID');
    });

    it('S-03: goes on with a new access token where the host has taken the old one back', async () => {
      const { backend, newPerson, loginCode, wechatPhoneOf: phoneOf, takeBackAccessToken } = bench();
      for (const person of [newPerson(), newPerson()]) {
        const { byCode, phone } = await phoneOf(person);
        const { user } = await backend.phoneSignIn(signInWith(byCode, await loginCode(person)));
        expect(user.phone?.reveal()).toBe(phone);
        await takeBackAccessToken();
      }
    });
  });

  describe('setPhone on WeChat', () => {
    it('W-13: sets the number of a phone code', async () => {
      const { backend, enter, wechatPhoneOf: phoneOf } = bench();
      const { person, token, user } = await enter();
      const { byCode, phone } = await phoneOf(person);
      const changed = await backend.setPhone(token, { phone: byCode, code: null, overwrite: false });
      expect(changed).toEqual({ ...user, phone: expect.anything(), phoneVerified: true });
      expect(changed.phone?.reveal()).toBe(phone);
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
      const { backend, enter, wechatPhoneOf: phoneOf, earlier } = bench();
      const { person, token } = await enter();
      const { byEncryption } = await earlier(11 * MINUTE, () => phoneOf(person));
      const update = { phone: byEncryption, code: null, overwrite: true };
      await expectRefused(backend.setPhone(token, update), 'WATERMARK_REFUSED');
    });

    it('replaces another number only where that is wanted, and takes the same one gladly', async () => {
      const { backend, enter, newPerson, wechatPhoneOf: phoneOf } = bench();
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
  });
}
