import type { HostAccount } from './host.js';
import { ServerRefusal } from './refusal.js';
import type { Store, UserRecord } from './store.js';

/**
 * The users to whom a host account belongs, by its openid and, where asked for, by its unionid.
 *
 * @throws ServerRefusal `UNIONID_MISSING`, and `ACCOUNT_CONFLICT` where another unionid is known for the openid
 */
export function ownersOf(store: Store, account: HostAccount, withUnionId: boolean): Set<UserRecord> {
  const { host, unionid } = account;
  const known = store.findIdentity(account);
  const owners = new Set(known ? [known.user] : []);
  refuseOtherUnionid(known, unionid);
  if (!withUnionId) return owners;
  if (unionid === null) throw new ServerRefusal('UNIONID_MISSING');
  for (const { user } of store.withUnionid(host, unionid)) owners.add(user);
  return owners;
}

function refuseOtherUnionid(known: { unionid: string | null } | undefined, unionid: string | null): void {
  if (known?.unionid && unionid !== null && known.unionid !== unionid) throw new ServerRefusal('ACCOUNT_CONFLICT');
}

/**
 * @throws ServerRefusal `ACCOUNT_CONFLICT` where an account that a user has just shown is somebody else's, or another
 * unionid is known for it
 */
export function refuseForeign(store: Store, account: HostAccount | null, user: UserRecord): void {
  const shown = account && store.findIdentity(account);
  if (shown && shown.user !== user) throw new ServerRefusal('ACCOUNT_CONFLICT');
  if (shown && account) refuseOtherUnionid(shown, account.unionid);
}

/** Keeps the session key of an account that the user has just shown; one that is nobody's stays so. */
export function renewShown(store: Store, account: HostAccount | null, user: UserRecord): void {
  if (account && store.findIdentity(account)) store.keepIdentity(account, user);
}
