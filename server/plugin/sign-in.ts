import type { AuthContext } from 'better-auth';
import { Refusal } from '../errors.js';
import type { Host, Profile } from '../hosts/host.js';
import { type ProvenAccount, proveAccount } from './host-proofs.js';
import { createIdentity, findIdentity, findOwners, renewIdentity } from './identities.js';
import { applyProfile, type ProfileSync } from './profiles.js';
import type { DengluUser } from './schema.js';
import { openFirstSession, openSession, type SignedIn } from './sessions.js';
import { allowed, createUser, findOwnerOfPhone, giveFreePhone } from './users.js';
import { writeTogether } from './write-together.js';

export interface SignInInput {
  /** A login code that nobody has used. */
  code: string;
  /** Whether a user is made where this host account has none. */
  createUser: boolean;
  /** Whether a user of the same person in another app counts as this one. */
  withUnionId: boolean;
  /** The only user who may come of this, if it renews a session; then nobody is made (G-06). */
  expectedUserId?: string | undefined;
}

/** What else a sign-in does on its way. */
export interface SignInSteps {
  /** Counts one sign-in of the account; may refuse it. */
  countSignIn(openid: string): Promise<void>;
  /** The number that the person proves along with the account, as E.164. */
  provePhone?(account: ProvenAccount): Promise<string>;
  /** What the person shows of themselves along with the account. */
  readProfile?(account: ProvenAccount): Profile;
  /** Which fields that profile may change; default those that were never set. */
  sync?: ProfileSync;
}

/**
 * Signs in the user of a host account. Everything it writes, it writes in one transaction: user, identity, session.
 *
 * The unionid matches first, then the openid. It is stored wherever the host tells it and none is stored yet, and another
 * one than is stored is refused; it matches only where the caller asks for it. A phone number that is proved along matches whoever proved it
 * before, and is the user's from then on.
 *
 * @throws Refusal `ACCOUNT_NOT_FOUND`, `ACCOUNT_CHANGED`, `ACCOUNT_CONFLICT`, `ACCOUNT_BLOCKED` where the app's own hooks
 * refuse, `UNIONID_MISSING`, and what {@link proveAccount} and the steps throw
 */
export async function signInWithHost(
  context: AuthContext,
  host: Host,
  input: SignInInput,
  { countSignIn, provePhone, readProfile, sync = 'setnx' }: SignInSteps,
): Promise<SignedIn> {
  const account = await proveAccount(context, host, input.code);
  await countSignIn(account.openid);
  const phone = await provePhone?.(account);
  const profile = readProfile?.(account);

  return writeTogether(context, async (store) => {
    const known = await findIdentity(store, host, account.openid);
    const owners = await findOwners(store, host, account, known, input.withUnionId);
    const phoneOwner = phone === undefined ? null : await findOwnerOfPhone(store, phone);
    if (phoneOwner) owners.add(phoneOwner.id);
    if (owners.size > 1) throw new Refusal('ACCOUNT_CONFLICT');
    const [owner] = owners;
    const found = await userFor(context, owner, input);
    const reached = phone === undefined ? found : await giveFreePhone(context, store, found, phone);
    const user = profile === undefined ? reached : await applyProfile(context, reached, profile, sync);
    const identity = known
      ? await renewIdentity(store, known, account)
      : await createIdentity(store, host, account, user.id);
    const open = owner === undefined ? openFirstSession : openSession;
    return open(context, user, identity);
  });
}

async function userFor(
  context: AuthContext,
  owner: string | undefined,
  { createUser: mayCreate, expectedUserId }: SignInInput,
): Promise<DengluUser> {
  if (owner === undefined) {
    if (!mayCreate || expectedUserId !== undefined) throw new Refusal('ACCOUNT_NOT_FOUND');
    return createUser(context);
  }
  if (expectedUserId !== undefined && owner !== expectedUserId) throw new Refusal('ACCOUNT_CHANGED');
  return allowed(await context.internalAdapter.findUserById(owner));
}
