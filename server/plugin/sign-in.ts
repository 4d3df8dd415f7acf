import { getCurrentAdapter, runWithTransaction } from '@better-auth/core/context';
import type { AuthContext, DBTransactionAdapter, Session, User } from 'better-auth';
import { symmetricEncrypt } from 'better-auth/crypto';
import { Refusal } from '../errors.js';
import type { Host, HostAccount } from '../hosts/host.js';
import { createIdentity, findIdentity, findOwnersOfUnionId, updateIdentity } from './identities.js';
import { reservedEmail } from './reserved-email.js';
import type { Identity } from './schema.js';

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

export interface SignedIn {
  user: User;
  identity: Identity;
  /** The session's key in the server's tables, not yet signed. */
  sessionToken: string;
  expiresAt: Date;
}

/**
 * Signs in the user of a host account. Everything it writes, it writes in one transaction: user, identity, session.
 *
 * The unionid matches first, then the openid. It is stored wherever the host tells it and none is stored yet; it matches
 * and it conflicts only where the caller asks for it.
 *
 * @param countSignIn counts one sign-in of the account; may refuse it
 * @throws Refusal `ACCOUNT_NOT_FOUND`, `ACCOUNT_CHANGED`, `ACCOUNT_CONFLICT`, `ACCOUNT_BLOCKED` where the app's own hooks
 * refuse, `UNIONID_MISSING`, and what {@link Host.exchangeCode} and `countSignIn` throw
 */
export async function signInWithHost(
  context: AuthContext,
  host: Host,
  input: SignInInput,
  countSignIn: (openid: string) => Promise<void>,
): Promise<SignedIn> {
  const told = await host.exchangeCode(input.code);
  await countSignIn(told.openid);
  if (input.withUnionId && told.unionid === null) throw new Refusal('UNIONID_MISSING');
  const account = { ...told, sessionKey: await symmetricEncrypt({ key: context.secretConfig, data: told.sessionKey }) };

  const attempt = () =>
    runWithTransaction(context.adapter, async () => {
      const store = await getCurrentAdapter(context.adapter);
      const known = await findIdentity(store, host, account.openid);
      const user = await userFor(context, await ownerOf(store, host, account, known, input.withUnionId), input);
      const identity = known
        ? await updateIdentity(store, known, { ...account, unionid: known.unionid ?? account.unionid })
        : await createIdentity(store, host, account, user.id);
      const session = await openSession(context, user, identity);
      return { user, identity, sessionToken: session.token, expiresAt: session.expiresAt };
    });

  try {
    return await attempt();
  } catch (error) {
    // Where the database lets two transactions read before either writes, the loser fails on the unique identity and
    // is rolled back; the winner's user is found at the second look.
    if (error instanceof Refusal || !(await findIdentity(context.adapter, host, account.openid))) throw error;
    return attempt();
  }
}

/** The one user to whom the account belongs, or nobody. */
async function ownerOf(
  store: DBTransactionAdapter,
  host: Host,
  { unionid }: HostAccount,
  known: Identity | null,
  withUnionId: boolean,
): Promise<string | undefined> {
  if (!withUnionId || unionid === null) return known?.userId;
  if (known?.unionid && known.unionid !== unionid) throw new Refusal('ACCOUNT_CONFLICT');
  const owners = await findOwnersOfUnionId(store, host, unionid);
  if (known) owners.add(known.userId);
  if (owners.size > 1) throw new Refusal('ACCOUNT_CONFLICT');
  const [owner] = owners;
  return owner;
}

async function userFor(context: AuthContext, owner: string | undefined, input: SignInInput): Promise<User> {
  const { createUser, expectedUserId } = input;
  if (owner === undefined) {
    if (!createUser || expectedUserId !== undefined) throw new Refusal('ACCOUNT_NOT_FOUND');
    const blank = { name: '', email: reservedEmail(), emailVerified: false };
    return allowed(await context.internalAdapter.createUser(blank, { method: 'denglu' }));
  }
  if (expectedUserId !== undefined && owner !== expectedUserId) throw new Refusal('ACCOUNT_CHANGED');
  return allowed(await context.internalAdapter.findUserById(owner));
}

async function openSession(context: AuthContext, user: User, identity: Identity): Promise<Session> {
  const columns = { dengluIdentityId: identity.id };
  const options = { deferSecondaryStorageWrites: true };
  return allowed(await context.internalAdapter.createSession(user.id, false, columns, false, options));
}

/** better-auth answers nothing where a hook of the app refused. */
function allowed<T>(row: T | null): T {
  if (row === null) throw new Refusal('ACCOUNT_BLOCKED');
  return row;
}
