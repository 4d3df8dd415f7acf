import type { AuthContext, DBTransactionAdapter } from 'better-auth';
import { Refusal } from '../errors.js';
import { reservedEmail } from './reserved-email.js';
import type { DengluUser, Identity } from './schema.js';

type Store = Pick<DBTransactionAdapter, 'findOne'>;

/** A user, and the host account that their session stands on, if there is one. */
export interface Known {
  user: DengluUser;
  identity: Identity | null;
}

/** Who has this name, address or number, verified or not. */
export function findUserBy(
  store: Store,
  field: 'username' | 'email' | 'phoneNumber',
  value: string,
): Promise<DengluUser | null> {
  return store.findOne<DengluUser>({ model: 'user', where: [{ field, value }] });
}

/** To whom the number belongs: one that somebody wrote down, and never proved, belongs to nobody. */
export async function findOwnerOfPhone(store: Store, phone: string): Promise<DengluUser | null> {
  const holder = await findUserBy(store, 'phoneNumber', phone);
  return holder?.phoneNumberVerified ? holder : null;
}

/**
 * Makes a user, inside a transaction.
 *
 * @throws Refusal `ACCOUNT_BLOCKED` where the app's own hooks refuse
 */
export async function createUser(
  context: AuthContext,
  { email, ...columns }: Partial<Pick<DengluUser, 'username' | 'email' | 'phoneNumber' | 'isAnonymous'>> = {},
): Promise<DengluUser> {
  const blank = { name: '', email: email ?? reservedEmail(), emailVerified: false, ...columns };
  return allowed(await context.internalAdapter.createUser(blank, { method: 'denglu' }));
}

/**
 * Changes a user, inside a transaction.
 *
 * @throws Refusal `ACCOUNT_BLOCKED` where the app's own hooks refuse
 */
export async function updateUser(
  context: AuthContext,
  user: DengluUser,
  change: Partial<DengluUser>,
): Promise<DengluUser> {
  return allowed(await context.internalAdapter.updateUser(user.id, change));
}

/**
 * Gives a user the number that they have just proved, inside a transaction. Who wrote it down without proof loses it.
 *
 * @throws Refusal `PHONE_TAKEN` where it belongs to another user
 */
export async function givePhone(
  context: AuthContext,
  store: Store,
  user: DengluUser,
  phone: string,
): Promise<DengluUser> {
  const holder = await findUserBy(store, 'phoneNumber', phone);
  if (holder && holder.id !== user.id) {
    if (holder.phoneNumberVerified) throw new Refusal('PHONE_TAKEN');
    await updateUser(context, holder, { phoneNumber: null, phoneNumberVerified: false });
  }
  return updateUser(context, user, { phoneNumber: phone, phoneNumberVerified: true });
}

/**
 * The same at a sign-in, which has seen that the number belongs to nobody else.
 *
 * @throws Error where somebody proved it in between; at the second look, they are the one who signs in
 */
export function giveFreePhone(...given: Parameters<typeof givePhone>): Promise<DengluUser> {
  return givePhone(...given).catch((error) => {
    throw error instanceof Refusal && error.code === 'PHONE_TAKEN'
      ? new Error('The number was taken just now.')
      : error;
  });
}

/**
 * Gives a user the address that they have just proved, inside a transaction. Who wrote it down without proof loses it: an
 * unproved address keeps nobody out.
 *
 * @throws Refusal `EMAIL_TAKEN` where it belongs to another user
 */
export async function giveEmail(
  context: AuthContext,
  store: Store,
  user: DengluUser,
  email: string,
): Promise<DengluUser> {
  const holder = await findUserBy(store, 'email', email);
  if (holder && holder.id !== user.id) {
    if (holder.emailVerified) throw new Refusal('EMAIL_TAKEN');
    await updateUser(context, holder, { email: reservedEmail(), emailVerified: false });
  }
  return updateUser(context, user, { email, emailVerified: true });
}

/** better-auth answers nothing where a hook of the app refused. */
export function allowed<T>(row: T | null): T {
  if (row === null) throw new Refusal('ACCOUNT_BLOCKED');
  return row;
}
