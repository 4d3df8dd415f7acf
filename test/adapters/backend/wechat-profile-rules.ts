import { describe, expect, it } from 'vitest';
import type { HostProfile, ProfileSync, SignedProfile, ToldDetails } from '../../../ports/profile.js';
import { secret } from '../../../ports/secret.js';
import { type Bench, expectRefused, newName } from './bench.js';

const MINUTE = 60_000;

const plain = (nickname: string, avatarUrl = '', details?: ToldDetails): HostProfile => ({
  nickname,
  avatarUrl,
  ...(details && { details }),
  isAnonymous: false,
  signed: null,
});

/** Where the simulator's people live. */
const PLACE = { country: 'China', province: 'Guangdong', city: 'Guangzhou' };
const UNTOLD: ToldDetails = { gender: 0, country: '', province: '', city: '', language: '' };

/** What holds of the profiles that WeChat tells: they are signed, or are the stand-in. */
export function describeWechatProfiles(bench: () => Bench): void {
  describe('setHostProfile on WeChat', () => {
    it('S-04, W-06: keeps a profile that is signed with the key of a login code, and the key', async () => {
      const { backend, enter, loginCode, signedProfileOf: profileOf } = bench();
      const { person, token, user } = await enter();
      const code = await loginCode(person);
      const profile = await profileOf(person);
      const changed = await backend.setHostProfile(token, { profile, code, sync: 'setnx' });
      const details = { ...user.details, ...PLACE, language: 'zh_CN' };
      expect(changed).toEqual({ ...user, nickname: person.nickname, avatarUrl: person.avatarUrl, details });
      const again = await backend.setHostProfile(token, { profile, code: null, sync: 'overwrite' });
      expect(again).toEqual(changed);
    });

    it('G-03, W-18: keeps one that is signed with the key that the server holds, and tells its own openId', async () => {
      const { backend, enter, signedProfileOf: profileOf } = bench();
      const { person, token } = await enter();
      const profile = await profileOf(person, true);
      const changed = await backend.setHostProfile(token, { profile, code: null, sync: 'setnx' });
      expect(changed).toMatchObject({ nickname: person.nickname, avatarUrl: person.avatarUrl });
    });

    it('W-06: below 2.16.0 keeps what comes without a signature', async () => {
      const { backend, enter } = bench();
      const { token, user } = await enter();
      const profile = plain(' 小红 ', 'https://wx.qlogo.cn/1');
      const changed = await backend.setHostProfile(token, { profile, code: null, sync: 'setnx' });
      expect(changed).toEqual({ ...user, nickname: '小红', avatarUrl: 'https://wx.qlogo.cn/1' });
      const bare = await backend.setHostProfile(token, { profile: plain(''), code: null, sync: 'overwrite' });
      expect(bare).toEqual(changed);
    });

    it.each([
      ['overwrite', '小红', 'https://wx.qlogo.cn/2'],
      ['setnx', '小明', 'https://wx.qlogo.cn/2'],
      [false, '小明', null],
    ] as const)('with sync %s ends in %s and %s', async (sync, nickname, avatarUrl) => {
      const { backend, enter } = bench();
      const { token } = await enter();
      await backend.setHostProfile(token, { profile: plain('小明'), code: null, sync: 'setnx' });
      const profile = plain('小红', 'https://wx.qlogo.cn/2');
      expect(await backend.setHostProfile(token, { profile, code: null, sync })).toMatchObject({ nickname, avatarUrl });
      const now = await backend.setProfile(token, { nickname: null, avatarUrl: null }, false);
      expect(now).toMatchObject({ nickname, avatarUrl });
    });

    it.each([
      ['overwrite', { gender: 2, country: 'Andorra', province: '', city: '', language: 'en' }],
      ['setnx', { gender: 2, country: 'China', province: 'Guangdong', city: 'Guangzhou', language: 'zh_CN' }],
      [false, { gender: 0, country: 'China', province: 'Guangdong', city: 'Guangzhou', language: 'zh_CN' }],
    ] as const)('keeps where they live, and the rest of it, as sync %s says', async (sync, expected) => {
      const { backend, enter } = bench();
      const { token } = await enter();
      const set = (details: ToldDetails, how: ProfileSync) =>
        backend.setHostProfile(token, { profile: plain('小明', '', details), code: null, sync: how });
      expect((await set({ gender: 0, ...PLACE, language: 'zh_CN' }, 'setnx')).details).toMatchObject(PLACE);
      const changed = await set({ ...UNTOLD, gender: 2, country: 'Andorra', language: 'en' }, sync);
      expect(changed.details).toMatchObject(expected);
      // What the host does not tell is no news (W-08).
      expect((await set(UNTOLD, 'overwrite')).details).toEqual(changed.details);
      expect((await backend.readUser?.(token))?.details).toEqual(changed.details);
    });

    it.each<[string, (signed: SignedProfile, other: SignedProfile) => Partial<SignedProfile>]>([
      ['the text', ({ rawData }) => ({ rawData: rawData.replace('小明', '小红') })],
      ['the signature', (_, { signature }) => ({ signature })],
      ['the signature’s case', ({ signature }) => ({ signature: signature.toUpperCase() })],
      ['all of it, to another person’s', (_, other) => other],
    ])('S-04: refuses where somebody changed %s', async (_, change) => {
      const { backend, enter, signedProfileOf: profileOf } = bench();
      const [{ person, token }, other] = [await enter(), await enter()];
      const profile = await profileOf(person);
      const signed = { ...profile.signed, ...change(profile.signed, (await profileOf(other.person)).signed) };
      const update = { profile: { ...profile, signed }, code: null, sync: 'setnx' as const };
      await expectRefused(backend.setHostProfile(token, update), 'SIGNATURE_MISMATCH');
    });

    it('S-04: refuses encrypted data that is not that of the signed text', async () => {
      const { app, backend, enter, signedProfileOf: profileOf, sealed } = bench();
      const { person, token } = await enter();
      const profile = await profileOf(person);
      const watermark = { appid: app.appId, timestamp: Math.floor(Date.now() / 1000) };
      const shown = { nickName: profile.nickname, avatarUrl: profile.avatarUrl, watermark };
      for (const content of [
        { ...shown, nickName: '小红' },
        { ...shown, avatarUrl: 'https://wx.qlogo.invalid/3' },
        { ...shown, openId: 'o-somebody-else' },
        { ...shown, nickName: 7 },
        { ...shown, watermark: {} },
      ]) {
        const signed = { ...profile.signed, ...sealed(content) };
        const update = { profile: { ...profile, signed }, code: null, sync: 'setnx' as const };
        await expectRefused(backend.setHostProfile(token, update), 'DECRYPT_FAILED');
      }
      const foreign = sealed({ ...shown, watermark: { ...watermark, appid: 'wx-foreign' } });
      const update = {
        profile: { ...profile, signed: { ...profile.signed, ...foreign } },
        code: null,
        sync: false,
      } as const;
      await expectRefused(backend.setHostProfile(token, update), 'WATERMARK_REFUSED');
      const right = {
        profile: { ...profile, signed: { ...profile.signed, ...sealed(shown) } },
        code: null,
        sync: false,
      } as const;
      expect(await backend.setHostProfile(token, right)).toMatchObject({ nickname: null });
    });

    it('W-08: keeps nothing of the stand-in for somebody who showed nothing', async () => {
      const { backend, enter, signedProfileOf: profileOf, standInOf } = bench();
      const { person, token } = await enter();
      const known = await backend.setHostProfile(token, {
        profile: await profileOf(person),
        code: null,
        sync: 'overwrite',
      });
      const signed = await standInOf(person);
      const { nickname, avatarUrl } = signed;
      expect(nickname).toBe('微信用户');
      for (const profile of [signed, plain(nickname, avatarUrl), plain(nickname)]) {
        expect(await backend.setHostProfile(token, { profile, code: null, sync: 'overwrite' })).toEqual(known);
      }
      const own = plain(nickname, 'https://wx.qlogo.cn/own/132');
      expect(await backend.setHostProfile(token, { profile: own, code: null, sync: 'overwrite' })).toMatchObject({
        nickname,
      });
    });

    it('W-08: keeps the key that came with the stand-in', async () => {
      const { backend, enter, loginCode, signedProfileOf: profileOf, standInOf } = bench();
      const { person, token } = await enter();
      const code = await loginCode(person);
      await backend.setHostProfile(token, { profile: await standInOf(person), code, sync: 'overwrite' });
      const profile = await profileOf(person);
      expect(await backend.setHostProfile(token, { profile, code: null, sync: 'setnx' })).toMatchObject({
        nickname: person.nickname,
      });
    });

    it.each(['rawData', 'signature', 'encryptedData', 'iv', 'code'])(
      'S-04: takes nothing as unsigned that carries %s',
      async (field) => {
        const { enter, tell } = bench();
        const { token } = await enter();
        const body = { userInfo: { nickName: '小红' }, sync: 'overwrite' };
        expect(await tell('wechat/profile', token, { ...body, [field]: 'x' })).toMatchObject({
          status: 400,
          body: { code: 'INVALID_REQUEST' },
        });
        expect(await tell('wechat/profile', token, body)).toMatchObject({ status: 200 });
      },
    );

    it('G-03, G-20: refuses what was signed with a key that the server does not hold', async () => {
      const { backend, enter, loginCode, signedProfileOf: profileOf } = bench();
      const { person, token } = await enter();
      await loginCode(person);
      const profile = await profileOf(person);
      await expectRefused(backend.setHostProfile(token, { profile, code: null, sync: 'setnx' }), 'SIGNATURE_MISMATCH');
    });

    it('S-05: refuses a profile that lay about for too long', async () => {
      const { backend, enter, signedProfileOf: profileOf, earlier } = bench();
      const { person, token } = await enter();
      const profile = await earlier(11 * MINUTE, () => profileOf(person));
      await expectRefused(backend.setHostProfile(token, { profile, code: null, sync: 'setnx' }), 'WATERMARK_REFUSED');
    });

    it('G-20: says so where the server holds no key for the user', async () => {
      const { backend, newPerson, signedProfileOf: profileOf } = bench();
      const { token } = await backend.register({
        by: 'username',
        name: secret(newName()),
        password: secret('long enough'),
      });
      const profile = await profileOf(newPerson());
      await expectRefused(backend.setHostProfile(token, { profile, code: null, sync: 'setnx' }), 'SESSION_KEY_MISSING');
    });

    it('G-01: refuses the login code of somebody else’s account, and one that was used', async () => {
      const { backend, enter, loginCode, signedProfileOf: profileOf } = bench();
      const [first, second] = [await enter(), await enter()];
      const code = await loginCode(second.person);
      const update = { profile: await profileOf(second.person), code, sync: 'overwrite' as const };
      await expectRefused(backend.setHostProfile(first.token, update), 'ACCOUNT_CONFLICT');
      await expectRefused(backend.setHostProfile(second.token, update), 'CODE_USED');
      const now = await backend.setProfile(first.token, { nickname: null, avatarUrl: null }, false);
      expect(now.nickname).toBeNull();
    });

    it.each([
      ['a name of 65 letters', plain('x'.repeat(65))],
      ['a name of blanks', plain('   ')],
      ['a gender that is none', plain('小明', '', { ...UNTOLD, gender: 3 })],
      ['a place of 65 letters', plain('小明', '', { ...UNTOLD, city: 'x'.repeat(65) })],
      ['a picture that is none', plain('小明', 'a picture')],
      ['a picture of another protocol', plain('小明', 'ftp://wx.qlogo.cn/1')],
      ['G-22: a picture that is not the host’s', plain('小明', 'https://elsewhere.invalid/1')],
      ['G-22: one that only looks like it', plain('小明', 'https://wx.qlogo.cn.elsewhere.invalid/1')],
      ['G-22: one by way of a name', plain('小明', 'https://wx.qlogo.cn@elsewhere.invalid/1')],
      ['G-22: one that anybody on the way could change', plain('小明', 'http://wx.qlogo.cn/1')],
    ])('refuses %s', async (_, profile) => {
      const { backend, enter } = bench();
      const { token } = await enter();
      await expectRefused(backend.setHostProfile(token, { profile, code: null, sync: 'setnx' }), 'INVALID_REQUEST');
    });
  });
}
