import { describe, expect, it } from 'vitest';
import type { HostProfile } from '../../../ports/profile.js';
import { secret } from '../../../ports/secret.js';
import { type Bench, expectRefused, newName, signInWith } from './bench.js';

const unsealed: HostProfile = { nickname: '小红', avatarUrl: '', isAnonymous: false, signed: null };

/** What holds on Baidu alone: how it seals, what its exchange refuses, and what it has not. */
export function describeBaidu(bench: () => Bench): void {
  const wish = { createUser: true, withUnionId: false, expectedUserId: null };
  const register = () =>
    bench().backend.register({ by: 'username', name: secret(newName()), password: secret('long enough') });

  describe('signIn on Baidu', () => {
    it('has no unionid: who wants one is told that it is missing', async () => {
      const { backend, enter, loginCode } = bench();
      const { person, user } = await enter();
      expect(user.unionid).toBeNull();
      const code = await loginCode(person);
      await expectRefused(backend.signIn({ ...wish, withUnionId: true, code }), 'UNIONID_MISSING');
    });

    it('G-01: takes no code twice, though the host has not spent it', async () => {
      const { backend, newPerson, loginCode, world } = bench();
      const code = await loginCode(newPerson());
      world.baidu.openApi.fail('nonsense');
      await expectRefused(backend.signIn({ ...wish, code }), 'HOST_UNAVAILABLE');
      await expectRefused(backend.signIn({ ...wish, code }), 'CODE_USED');
    });

    it.each(['nonsense', 'empty', 'down', 99999] as const)('B-08: says so where the host answers %s', async (fault) => {
      const { backend, newPerson, loginCode, world } = bench();
      const code = await loginCode(newPerson());
      world.baidu.openApi.fail(fault);
      await expectRefused(backend.signIn({ ...wish, code }), 'HOST_UNAVAILABLE');
    });
  });

  describe('phone numbers on Baidu', () => {
    it('B-06: have no codes: one is refused, and signs in nobody', async () => {
      const { backend, enter, newPerson, loginCode } = bench();
      const byCode = () => ({ phoneCode: secret(newName()) });
      const asked = backend.phoneSignIn(signInWith(byCode(), await loginCode(newPerson())));
      await expectRefused(asked, 'INVALID_REQUEST');
      const { token } = await enter();
      await expectRefused(backend.setPhone(token, { phone: byCode(), code: null, overwrite: true }), 'INVALID_REQUEST');
    });

    it('B-09: sign in somebody whose number is proved then', async () => {
      const { backend, newPerson, phoneSignInOf } = bench();
      const person = newPerson();
      const { user, token } = await backend.phoneSignIn(await phoneSignInOf(person));
      expect([user.phone?.reveal(), user.phoneVerified]).toEqual([`+86${person.phoneNumber}`, true]);
      expect(await backend.readUser?.(token)).toEqual({ ...user, phone: expect.anything() });
    });

    it('replace another one only where that is wanted', async () => {
      const { backend, enter, newPerson, phoneOf } = bench();
      const { person, token } = await enter();
      await backend.setAccount(token, { phone: secret(newPerson().phoneNumber) });
      const { proof, phone } = await phoneOf(person);
      await expectRefused(backend.setPhone(token, { phone: proof, code: null, overwrite: false }), 'PHONE_ALREADY_SET');
      const changed = await backend.setPhone(token, { phone: proof, code: null, overwrite: true });
      expect([changed.phone?.reveal(), changed.phoneVerified]).toEqual([phone, true]);
    });

    it.each([[{}], [{ mobile: '138' }], [{ mobile: 13800138000 }], [{ phoneNumber: '13800138000' }]])(
      'B-09: are none where what is sealed is %o',
      async (content) => {
        const { backend, enter, sealedByBaidu } = bench();
        const { token } = await enter();
        const update = { phone: sealedByBaidu(content), code: null, overwrite: true };
        await expectRefused(backend.setPhone(token, update), 'DECRYPT_FAILED');
      },
    );
  });

  describe('setHostProfile on Baidu', () => {
    it('B-05, B-09: keeps a profile that is sealed with the key of a login code, and the key', async () => {
      const { backend, enter, loginCode, sealedProfileOf } = bench();
      const { person, token, user } = await enter();
      const code = await loginCode(person);
      const profile = await sealedProfileOf(person);
      const changed = await backend.setHostProfile(token, { profile, code, sync: 'setnx' });
      expect(changed).toEqual({ ...user, nickname: person.nickname, avatarUrl: person.avatarUrl });
      expect(await backend.setHostProfile(token, { profile, code: null, sync: 'overwrite' })).toEqual(changed);
    });

    it.each([
      ['overwrite', '小红', 'https://himg.bdimg.com/2'],
      ['setnx', '小明', 'https://himg.bdimg.com/2'],
      [false, '小明', null],
    ] as const)('with sync %s ends in %s and %s', async (sync, nickname, avatarUrl) => {
      const { backend, enter, sealedByBaidu } = bench();
      const { token } = await enter();
      await backend.setProfile(token, { nickname: '小明', avatarUrl: null }, 'setnx');
      const signed = sealedByBaidu({ nickname: '小红', headimgurl: 'https://himg.bdimg.com/2' });
      const profile = { ...unsealed, signed };
      expect(await backend.setHostProfile(token, { profile, code: null, sync })).toMatchObject({ nickname, avatarUrl });
    });

    it('G-03, G-20: refuses what the server’s key does not open', async () => {
      const { backend, enter, loginCode, sealedProfileOf } = bench();
      const { person, token } = await enter();
      await loginCode(person);
      const profile = await sealedProfileOf(person);
      await expectRefused(backend.setHostProfile(token, { profile, code: null, sync: 'setnx' }), 'DECRYPT_FAILED');
    });

    it('B-05: refuses a profile of somebody else', async () => {
      const { backend, enter, sealedByBaidu } = bench();
      const { token } = await enter();
      const profile = { ...unsealed, signed: sealedByBaidu({ nickname: '小红', openid: 'somebody-else' }) };
      await expectRefused(backend.setHostProfile(token, { profile, code: null, sync: 'setnx' }), 'DECRYPT_FAILED');
    });

    it('B-05: takes nothing that is not sealed, as the mock user is not', async () => {
      const { backend, enter, tell } = bench();
      const { token } = await enter();
      const userInfo = { nickName: '百度网友', avatarUrl: 'https://himg.bdimg.com/0' };
      expect(await tell('baidu/profile', token, { userInfo, sync: 'overwrite' })).toMatchObject({
        status: 400,
        body: { code: 'INVALID_REQUEST' },
      });
      const update = { profile: unsealed, code: null, sync: 'setnx' } as const;
      await expectRefused(backend.setHostProfile(token, update), 'INVALID_REQUEST');
    });

    it('G-20: says so where the server holds no key for the user', async () => {
      const { backend, newPerson, loginCode, sealedProfileOf } = bench();
      const { token } = await register();
      const person = newPerson();
      await loginCode(person);
      const profile = await sealedProfileOf(person);
      await expectRefused(backend.setHostProfile(token, { profile, code: null, sync: 'setnx' }), 'SESSION_KEY_MISSING');
    });

    it('G-01: refuses the login code of somebody else’s account, and one that was used', async () => {
      const { backend, enter, loginCode, sealedProfileOf } = bench();
      const [first, second] = [await enter(), await enter()];
      const code = await loginCode(second.person);
      const update = { profile: await sealedProfileOf(second.person), code, sync: 'overwrite' as const };
      await expectRefused(backend.setHostProfile(first.token, update), 'ACCOUNT_CONFLICT');
      await expectRefused(backend.setHostProfile(second.token, update), 'CODE_USED');
      expect((await backend.readUser?.(first.token))?.nickname).toBeNull();
    });
  });
}
