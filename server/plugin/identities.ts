import type { DBTransactionAdapter } from 'better-auth';
import type { Host, HostAccount } from '../hosts/host.js';
import type { Identity } from './schema.js';

type Store = Pick<DBTransactionAdapter, 'create' | 'update' | 'findOne' | 'findMany'>;

const model = 'dengluIdentity';

/** The identity of a host account, if it ever signed in. */
export function findIdentity(store: Store, host: Host, openid: string): Promise<Identity | null> {
  return store.findOne<Identity>({
    model,
    where: [
      { field: 'host', value: host.name },
      { field: 'appId', value: host.appId },
      { field: 'openid', value: openid },
    ],
  });
}

/** The identity that a session was signed in with. */
export function findIdentityById(store: Store, id: string): Promise<Identity | null> {
  return store.findOne<Identity>({ model, where: [{ field: 'id', value: id }] });
}

/** Who has the person's identity in any app of this host. */
export async function findOwnersOfUnionId(store: Store, host: Host, unionid: string): Promise<Set<string>> {
  const identities = await store.findMany<Identity>({
    model,
    where: [
      { field: 'host', value: host.name },
      { field: 'unionid', value: unionid },
    ],
  });
  return new Set(identities.map(({ userId }) => userId));
}

/** @param account with its session key encrypted */
export function createIdentity(store: Store, host: Host, account: HostAccount, userId: string): Promise<Identity> {
  return store.create<Record<string, unknown>, Identity>({
    model,
    data: { host: host.name, appId: host.appId, userId, ...account },
  });
}

/** @param change its session key encrypted */
export async function updateIdentity(
  store: Store,
  identity: Identity,
  change: Pick<Identity, 'sessionKey' | 'unionid'>,
): Promise<Identity> {
  await store.update({ model, where: [{ field: 'id', value: identity.id }], update: change });
  return { ...identity, ...change };
}
