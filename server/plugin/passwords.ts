import { getCurrentAdapter } from '@better-auth/core/context';
import type { AuthContext } from 'better-auth';
import { Refusal } from '../errors.js';
import { claim } from './claims.js';
import type { DengluUser } from './schema.js';

/**
 * Hashes a new password, as better-auth does.
 *
 * @throws Refusal `PASSWORD_TOO_WEAK` by better-auth's own limits
 */
export async function hashNewPassword({ password }: AuthContext, text: string): Promise<string> {
  const { minPasswordLength: min, maxPasswordLength: max } = password.config;
  if (text.length < min || text.length > max) {
    throw new Refusal('PASSWORD_TOO_WEAK', { message: `A password has ${min} to ${max} letters.` });
  }
  return password.hash(text);
}

/** Whether the user has a password at all. */
export async function hasPassword({ internalAdapter }: AuthContext, userId: string): Promise<boolean> {
  return Boolean((await internalAdapter.findCredentialAccount(userId))?.password);
}

/**
 * The user, if the password is theirs. It takes as long where there is no such user, or none with a password.
 *
 * @throws Refusal `PASSWORD_WRONG`
 */
export async function checkPassword(
  { internalAdapter, password }: AuthContext,
  user: DengluUser | null,
  text: string,
): Promise<DengluUser> {
  const account = user && (await internalAdapter.findCredentialAccount(user.id));
  if (!user || !account?.password) {
    await password.hash(text);
    throw new Refusal('PASSWORD_WRONG');
  }
  if (!(await password.verify({ hash: account.password, password: text }))) throw new Refusal('PASSWORD_WRONG');
  return user;
}

/**
 * Keeps a password where better-auth keeps them, inside a transaction.
 *
 * @param hash as {@link hashNewPassword} answers it
 */
export async function setPassword(
  { adapter, internalAdapter }: AuthContext,
  userId: string,
  hash: string,
): Promise<void> {
  await claim(await getCurrentAdapter(adapter), `password ${userId}`);
  if (await internalAdapter.findCredentialAccount(userId)) {
    await internalAdapter.updatePassword(userId, hash);
    return;
  }
  await internalAdapter.linkAccount({ userId, providerId: 'credential', accountId: userId, password: hash });
}
