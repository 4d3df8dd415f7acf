import { describe, expect, it } from 'vitest';
import type { AccountLink } from '../../../ports/account.js';
import { secret } from '../../../ports/secret.js';
import { type Bench, expectRefused, newName } from './bench.js';

/** What holds of linking, whatever stands behind the adapter. */
export function describeLinks(bench: () => Bench): void {
  const register = () =>
    bench().backend.register({ by: 'username', name: secret(newName()), password: secret('long enough') });
  const linkOf = async (person: Parameters<Bench['loginCode']>[0], more: Partial<AccountLink> = {}) => ({
    code: await bench().loginCode(person),
    withUnionId: false,
    overwrite: false,
    ...more,
  });
  const silently = async (person: Parameters<Bench['loginCode']>[0]) => ({
    code: await bench().loginCode(person),
    createUser: false,
    withUnionId: false,
    expectedUserId: null,
  });

  describe('link', () => {
    it('G-19: ties a host account to a new user, whom the next silent login finds', async () => {
      const { backend, host, newPerson } = bench();
      const person = newPerson();
      await expectRefused(backend.signIn(await silently(person)), 'ACCOUNT_NOT_FOUND');
      const { token, user } = await register();
      expect(user).toMatchObject({ openid: null, unionid: null });
      const linked = await backend.link(token, await linkOf(person));
      expect(linked).toEqual({
        user: {
          ...user,
          openid: expect.stringMatching(/\S/),
          unionid: host === 'wechat' ? expect.stringMatching(/^o/) : null,
        },
        wasLinked: false,
      });
      const { user: found } = await backend.signIn(await silently(person));
      expect(found).toEqual(linked.user);
    });

    it('G-19: is done where the account is linked already', async () => {
      const { backend, enter } = bench();
      const { person, token, user } = await enter();
      expect(await backend.link(token, await linkOf(person))).toEqual({ user, wasLinked: true });
    });

    it('G-19: takes no account from another user, whatever is to be replaced', async () => {
      const { backend, enter } = bench();
      const { person } = await enter();
      const { token } = await register();
      await expectRefused(backend.link(token, await linkOf(person)), 'LINK_TAKEN');
      await expectRefused(backend.link(token, await linkOf(person, { overwrite: true })), 'LINK_TAKEN');
    });

    it('G-19: replaces another account of this host only where that is wanted', async () => {
      const { backend, enter, newPerson } = bench();
      const { person: before, token, user } = await enter();
      const person = newPerson();
      await expectRefused(backend.link(token, await linkOf(person)), 'LINK_OCCUPIED');
      await expectRefused(backend.signIn(await silently(person)), 'ACCOUNT_NOT_FOUND');
      const linked = await backend.link(token, await linkOf(person, { overwrite: true }));
      expect([linked.user.id, linked.wasLinked]).toEqual([user.id, false]);
      expect(linked.user.openid).not.toBe(user.openid);
      expect((await backend.signIn(await silently(person))).user).toEqual(linked.user);
      await expectRefused(backend.signIn(await silently(before)), 'ACCOUNT_NOT_FOUND');
    });

    it('lets the session stand on the account that it linked, whichever of the user’s is used later', async () => {
      const { backend, newPerson, phoneOf, phoneSignInOf } = bench();
      const person = newPerson();
      const { token } = await register();
      const { user } = await backend.link(token, await linkOf(person));
      await backend.setPhone(token, { phone: (await phoneOf(person)).proof, code: null, overwrite: true });
      const other = newPerson({ phoneNumber: person.phoneNumber });
      const later = await backend.phoneSignIn(await phoneSignInOf(other, { createUser: false }));
      expect(later.user.id).toBe(user.id);
      expect(later.user.openid).not.toBe(user.openid);
      expect((await backend.setAccount(token, { username: newName() })).openid).toBe(user.openid);
    });

    it('G-03: keeps the session key of the account, which decrypts from then on', async () => {
      const { backend, host, newPerson, phoneOf } = bench();
      const person = newPerson();
      const { token } = await register();
      await backend.link(token, await linkOf(person, { withUnionId: host === 'wechat' }));
      const { byEncryption, phone } = await phoneOf(person);
      const changed = await backend.setPhone(token, { phone: byEncryption, code: null, overwrite: true });
      expect(changed.phone?.reveal()).toBe(phone);
    });

    it('G-01: takes each code once, and only codes that the host gave', async () => {
      const { backend, newPerson } = bench();
      const { token } = await register();
      const link = await linkOf(newPerson());
      await backend.link(token, link);
      await expectRefused(backend.link(token, link), 'CODE_USED');
      await expectRefused(backend.link(token, { ...link, code: secret(newName()) }), 'CODE_INVALID');
      await expectRefused(backend.link(token, { ...link, code: secret('') }), 'INVALID_REQUEST');
    });

    it('is for whoever is signed in, and leaves the code of others unspent', async () => {
      const { backend, newPerson } = bench();
      const link = await linkOf(newPerson());
      await expectRefused(backend.link(secret('no token'), link), 'TOKEN_REJECTED');
      const { token } = await register();
      expect(await backend.link(token, link)).toMatchObject({ wasLinked: false });
    });
  });
}
