import type { DBTransactionAdapter } from 'better-auth';
import { Refusal } from '../errors.js';
import type { Host } from '../hosts/host.js';
import { claim } from './claims.js';
import type { ProvenAccount } from './host-proofs.js';
import type { Identity } from './schema.js';
import type { CurrentSession } from './token.js';

type Store = Pick<DBTransactionAdapter, 'create' | 'update' | 'findOne' | 'findMany' | 'deleteMany'>;

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

/** The user's identities in the apps of these hosts, the last used first. */
export function findIdentitiesOfUser(store: Store, hosts: readonly Host[], userId: string): Promise<Identity[]> {
  return store.findMany<Identity>({
    model,
    where: [
      { field: 'host', value: hosts.map(({ name }) => name), operator: 'in' },
      { field: 'appId', value: hosts.map(({ appId }) => appId), operator: 'in' },
      { field: 'userId', value: userId },
    ],
    sortBy: { field: 'updatedAt', direction: 'desc' },
  });
}

/** The account of these hosts that a session was signed in with, else the one that its user used last. */
export async function findIdentityOfSession(
  store: Store,
  hosts: readonly Host[],
  { session, user }: CurrentSession,
): Promise<Identity | null> {
  const identities = await findIdentitiesOfUser(store, hosts, user.id);
  return identities.find(({ id }) => id === session.dengluIdentityId) ?? identities[0] ?? null;
}

/**
 * The users to whom a host account belongs, by its openid and, where asked for, by its unionid. By right there is one at
 * most. A unionid that nobody has yet is claimed: two apps may meet the same person at once.
 *
 * @throws Refusal `UNIONID_MISSING`, and `ACCOUNT_CONFLICT` where another unionid is known for the openid
 */
export async function findOwners(
  store: Store,
  host: Host,
  { unionid }: ProvenAccount,
  known: Identity | null,
  withUnionId: boolean,
): Promise<Set<string>> {
  const owners = new Set(known ? [known.userId] : []);
  refuseOtherUnionid(known, unionid);
  if (!withUnionId) return owners;
  if (unionid === null) throw new Refusal('UNIONID_MISSING');
  for (const owner of await findOwnersOfUnionId(store, host, unionid)) owners.add(owner);
  if (owners.size > 0) return owners;
  await claim(store, `unionid ${host.name} ${unionid}`);
  return new Set(await findOwnersOfUnionId(store, host, unionid));
}

async function findOwnersOfUnionId(store: Store, host: Host, unionid: string): Promise<string[]> {
  const identities = await store.findMany<Identity>({
    model,
    where: [
      { field: 'host', value: host.name },
      { field: 'unionid', value: unionid },
    ],
  });
  return identities.map(({ userId }) => userId);
}

/** @throws Refusal `ACCOUNT_CONFLICT` where the host tells another unionid than the one that is known for the openid */
function refuseOtherUnionid(known: Identity | null, unionid: string | null): void {
  if (known?.unionid && unionid !== null && known.unionid !== unionid) throw new Refusal('ACCOUNT_CONFLICT');
}

/** Ties a host account to a user. */
export function createIdentity(store: Store, host: Host, account: ProvenAccount, userId: string): Promise<Identity> {
  const { openid, unionid, sealedKey: sessionKey } = account;
  return store.create<Record<string, unknown>, Identity>({
    model,
    data: { host: host.name, appId: host.appId, userId, openid, unionid, sessionKey },
  });
}

/** Keeps the newest session key (W-04), and the unionid where none was known. */
export async function renewIdentity(store: Store, identity: Identity, account: ProvenAccount): Promise<Identity> {
  const change = { sessionKey: account.sealedKey, unionid: identity.unionid ?? account.unionid };
  await store.update({ model, where: [{ field: 'id', value: identity.id }], update: change });
  return { ...identity, ...change };
}

/**
 * Keeps the session key of an account that the user has just shown, if it is theirs; one that is nobody's stays so.
 *
 * @throws Refusal `ACCOUNT_CONFLICT` where it is somebody else's, or another unionid is known for it
 */
export async function renewShownIdentity(
  store: Store,
  host: Host,
  account: ProvenAccount,
  userId: string,
): Promise<void> {
  const shown = await findIdentity(store, host, account.openid);
  if (shown && shown.userId !== userId) throw new Refusal('ACCOUNT_CONFLICT');
  refuseOtherUnionid(shown, account.unionid);
  if (shown) await renewIdentity(store, shown, account);
}

/** Unties host accounts from their user. */
export async function deleteIdentities(store: Pick<DBTransactionAdapter, 'deleteMany'>, ids: string[]): Promise<void> {
  await store.deleteMany({ model, where: [{ field: 'id', value: ids, operator: 'in' }] });
}
