import { type Desk, type Endpoint, provePhone } from './desk.js';
import type { HostAccount, MemoryHost } from './host.js';
import { optionalText, readCode, readFlag, readPhoneProof } from './input.js';
import { ownersOf } from './owners.js';
import { givePhone, ownerOfPhone } from './phones.js';
import { ServerRefusal } from './refusal.js';

/** Sign-in with a login code of one host, with or without a phone number that is proved along. */
export function signInEndpoints({ store }: Desk, host: MemoryHost): Record<string, Endpoint> {
  /** All that may refuse stands before all that writes. */
  function finish(account: HostAccount, phone: string | null, wish: ReturnType<typeof readWish>) {
    const { createUser, withUnionId, expectedUserId } = wish;
    const owners = ownersOf(store, account, withUnionId);
    const phoneOwner = phone === null ? undefined : ownerOfPhone(store, phone);
    if (phoneOwner) owners.add(phoneOwner);
    if (owners.size > 1) throw new ServerRefusal('ACCOUNT_CONFLICT');
    const [owner] = owners;
    if (!owner && (!createUser || expectedUserId !== undefined)) throw new ServerRefusal('ACCOUNT_NOT_FOUND');
    if (owner && expectedUserId !== undefined && owner.id !== expectedUserId) {
      throw new ServerRefusal('ACCOUNT_CHANGED');
    }
    const user = owner ?? store.createUser();
    if (phone !== null) givePhone(store, phone, user);
    store.keepIdentity(account, user);
    return store.openSession(user, account);
  }

  return {
    async [`POST /${host.name}/sign-in`]({ body }) {
      const wish = readWish(body);
      return finish(await host.exchangeCode(wish.code), null, wish);
    },

    async [`POST /${host.name}/phone-sign-in`]({ body }) {
      const wish = readWish(body);
      const proof = readPhoneProof(body);
      const account = await host.exchangeCode(wish.code);
      return finish(account, await provePhone(host, proof, () => account.sessionKey), wish);
    },
  };
}

function readWish(body: object) {
  return {
    code: readCode(body),
    createUser: readFlag(body, 'createUser', true),
    withUnionId: readFlag(body, 'withUnionId', false),
    expectedUserId: optionalText(body, 'expectedUserId', 1, 128),
  };
}
