import { describe, expect, it } from 'vitest';
import type { AccountLink } from '../../../ports/account.js';
import { secret } from '../../../ports/secret.js';
import { type Bench, expectRefused, newName } from './bench.js';

/** What holds of accounts on WeChat alone: its unionids, and what its open API refuses. */
export function describeWechatAccounts(bench: () => Bench): void {
  const register = () =>
    bench().backend.register({ by: 'username', name: secret(newName()), password: secret('long enough') });
  const linkOf = async (person: Parameters<Bench['loginCode']>[0], more: Partial<AccountLink> = {}) => ({
    code: await bench().loginCode(person),
    withUnionId: false,
    overwrite: false,
    ...more,
  });

  describe('signIn and signOut on WeChat', () => {
    it('G-01: take no code twice, though the host has not spent it', async () => {
      const { backend, newPerson, loginCode, world } = bench();
      const wish = { createUser: true, withUnionId: false, expectedUserId: null };
      const code = await loginCode(newPerson());
      world.wechat.openApi.fail(-1);
      await expectRefused(backend.signIn({ ...wish, code }), 'HOST_BUSY');
      await expectRefused(backend.signIn({ ...wish, code }), 'CODE_USED');
    });

    it('match by unionid only where that is wanted, and refuse another one than is known in any case', async () => {
      const { backend, enter, newPerson, loginCode, tellingUnionid } = bench();
      const unionid = newName();
      const wish = { createUser: false, expectedUserId: null };
      const { person, user } = await tellingUnionid(unionid, () => enter());
      const other = newPerson();
      await tellingUnionid(unionid, async () => {
        const apart = { ...wish, withUnionId: false, code: await loginCode(other) };
        await expectRefused(backend.signIn(apart), 'ACCOUNT_NOT_FOUND');
        const same = await backend.signIn({ ...wish, withUnionId: true, code: await loginCode(other) });
        expect(same.user).toMatchObject({ id: user.id, unionid, openid: expect.not.stringMatching(user.openid ?? '') });
      });
      await tellingUnionid(newName(), async () => {
        for (const withUnionId of [true, false]) {
          const changed = { ...wish, withUnionId, code: await loginCode(person) };
          await expectRefused(backend.signIn(changed), 'ACCOUNT_CONFLICT');
        }
      });
      await tellingUnionid(null, async () => {
        const missing = { ...wish, withUnionId: true, code: await loginCode(person) };
        await expectRefused(backend.signIn(missing), 'UNIONID_MISSING');
      });
    });

    it.each([
      [-1, 'HOST_BUSY', 1000],
      [45011, 'RATE_LIMITED', 60_000],
      [40226, 'ACCOUNT_BLOCKED', undefined],
      [40125, 'HOST_MISCONFIGURED', undefined],
      ['nonsense', 'HOST_UNAVAILABLE', undefined],
    ] as const)('S-01, G-21: say so where the host answers %s: %s, to be tried after %s', async (fault, code, wait) => {
      const { backend, newPerson, loginCode, world } = bench();
      world.wechat.openApi.fail(fault);
      const wish = { createUser: true, withUnionId: false, expectedUserId: null };
      const asked = backend.signIn({ ...wish, code: await loginCode(newPerson()) });
      await expectRefused(asked, code);
      await Promise.resolve(asked).catch((error) => expect(error.retryAfter).toBe(wait));
    });
  });

  describe('link on WeChat', () => {
    it('takes no account of a person whom another user is, where unionids count', async () => {
      const { backend, newPerson, enter, tellingUnionid } = bench();
      const unionid = newName();
      await tellingUnionid(unionid, () => enter());
      const person = newPerson();
      const { token } = await register();
      await tellingUnionid(unionid, async () => {
        await expectRefused(backend.link(token, await linkOf(person, { withUnionId: true })), 'LINK_TAKEN');
        expect((await backend.link(token, await linkOf(person))).user.unionid).toBe(unionid);
      });
      await tellingUnionid(null, async () => {
        await expectRefused(backend.link(token, await linkOf(person, { withUnionId: true })), 'UNIONID_MISSING');
      });
    });
  });
}
