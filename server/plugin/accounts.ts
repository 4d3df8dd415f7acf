import { createHash } from 'node:crypto';
import type { AuthContext, GenericEndpointContext } from 'better-auth';
import { z } from 'zod';
import type { Host } from '../hosts/host.js';
import { findIdentitiesOfUser, findIdentityOfSession } from './identities.js';
import { findUserByName, LoginNames, namesOf, refuseTakenNames } from './login-names.js';
import type { Messages } from './messages.js';
import { checkPassword, hashNewPassword, hasPassword, setPassword } from './passwords.js';
import { countRequest, type RateLimits } from './rate-limit.js';
import type { DengluUser } from './schema.js';
import { openFirstSession, openSession, type SignedIn } from './sessions.js';
import { currentSession } from './token.js';
import { createUser, type Known, updateUser } from './users.js';
import { writeTogether } from './write-together.js';

const Password = z.string().min(1).max(1024);

/** One name and a password. */
export const Credentials = LoginNames.extend({ password: Password }).refine(
  (body) => Object.keys(namesOf(body)).length === 1,
  'One of username, email and phone',
);

/** What is left out stays. */
export const AccountChanges = LoginNames.extend({
  password: Password.optional(),
  currentPassword: Password.optional(),
}).refine(
  ({ password, ...names }) => password !== undefined || Object.keys(namesOf(names)).length > 0,
  'Nothing to change',
);

/** What accounts by name are made with. */
export interface AccountParts {
  hosts: readonly Host[];
  messages: Messages;
  limits: Required<Pick<RateLimits, 'perAccount' | 'perSecret'>>;
}

/**
 * Makes a user with a name and a password.
 *
 * @throws Refusal `PASSWORD_TOO_WEAK`, `USERNAME_TAKEN`, `EMAIL_TAKEN`, `PHONE_TAKEN`, `ACCOUNT_BLOCKED`
 */
export async function registerUser(
  context: AuthContext,
  { messages }: AccountParts,
  body: z.output<typeof Credentials>,
): Promise<SignedIn> {
  const hash = await hashNewPassword(context, body.password);
  const signedIn = await writeTogether(context, async (store) => {
    const names = namesOf(body);
    await refuseTakenNames(store, names);
    const user = await createUser(context, names);
    await setPassword(context, user.id, hash);
    return openFirstSession(context, user, null);
  });
  if (body.email !== undefined) messages.verifyEmail(context, signedIn.user);
  return signedIn;
}

/**
 * Signs in whoever has this name and this password.
 *
 * @throws Refusal `PASSWORD_WRONG`, `RATE_LIMITED`, `ACCOUNT_BLOCKED`
 */
export async function signInWithPassword(
  context: AuthContext,
  { hosts, limits }: AccountParts,
  body: z.output<typeof Credentials>,
): Promise<SignedIn> {
  const names = namesOf(body);
  const name = createHash('sha256').update(JSON.stringify(names)).digest('hex');
  await countRequest(context.adapter, `password ${name}`, limits.perSecret);
  const user = await checkPassword(context, await findUserByName(context.adapter, names), body.password);
  return writeTogether(context, async (store) => {
    const [identity = null] = await findIdentitiesOfUser(store, hosts, user.id);
    return { ...(await openSession(context, user, null)), identity };
  });
}

/**
 * Sets the names and the password of whoever is signed in, by which the next sign-in may be.
 *
 * @throws Refusal `NOT_SIGNED_IN`, `TOKEN_REJECTED`, `PASSWORD_WRONG`, `PASSWORD_TOO_WEAK`, `USERNAME_TAKEN`,
 * `EMAIL_TAKEN`, `PHONE_TAKEN`, `RATE_LIMITED`, `ACCOUNT_BLOCKED`
 */
export async function changeAccount(
  ctx: GenericEndpointContext,
  { hosts, messages, limits }: AccountParts,
  body: z.output<typeof AccountChanges>,
): Promise<Known> {
  const { context } = ctx;
  const asking = await currentSession(ctx);
  await countRequest(context.adapter, `user ${asking.user.id}`, limits.perAccount);
  let hash: string | undefined;
  if (body.password !== undefined) {
    if (await hasPassword(context, asking.user.id)) {
      await countRequest(context.adapter, `password ${asking.user.id}`, limits.perSecret);
      await checkPassword(context, asking.user, body.currentPassword ?? '');
    }
    hash = await hashNewPassword(context, body.password);
  }

  const changed = await writeTogether(context, async (store) => {
    const current = await currentSession(ctx);
    const { user } = current;
    const names = namesOf(body);
    await refuseTakenNames(store, names, user.id);
    if (hash !== undefined) await setPassword(context, user.id, hash);
    const change = {
      ...names,
      ...(names.email !== undefined && { emailVerified: user.emailVerified && user.email === names.email }),
      ...(names.phoneNumber !== undefined && {
        phoneNumberVerified: user.phoneNumberVerified === true && user.phoneNumber === names.phoneNumber,
      }),
    };
    const changed: DengluUser = Object.keys(change).length > 0 ? await updateUser(context, user, change) : user;
    return { user: changed, identity: await findIdentityOfSession(store, hosts, current) };
  });
  if (body.email !== undefined && !changed.user.emailVerified) messages.verifyEmail(context, changed.user);
  return changed;
}
