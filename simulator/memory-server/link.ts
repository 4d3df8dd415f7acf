import type { Desk, Endpoint } from './desk.js';
import type { MemoryHost } from './host.js';
import { readCode, readFlag } from './input.js';
import { ownersOf } from './owners.js';
import { ServerRefusal } from './refusal.js';

/** The accounts of one host that are tied to a user. */
export function linkEndpoints({ store }: Desk, host: MemoryHost): Record<string, Endpoint> {
  return {
    async [`POST /${host.name}/link`]({ body, token }) {
      const code = readCode(body);
      const withUnionId = readFlag(body, 'withUnionId', false);
      const overwrite = readFlag(body, 'overwrite', false);
      if (store.session(token).user.isAnonymous) throw new ServerRefusal('ANONYMOUS_MAY_NOT_LINK');
      const account = await host.exchangeCode(code);

      const session = store.session(token);
      const { user } = session;
      const known = store.findIdentity(account);
      const owners = ownersOf(store, account, withUnionId);
      owners.delete(user);
      if (owners.size > 0) throw new ServerRefusal('LINK_TAKEN');
      if (!known && !overwrite && store.identitiesOf(user, host.name).length > 0)
        throw new ServerRefusal('LINK_OCCUPIED');
      if (!known) store.untieAll(user, host.name);
      store.keepIdentity(account, user);
      session.account = account;
      return { ...store.userOf(session, host.name), status: known ? 'already-linked' : 'linked' };
    },
  };
}
