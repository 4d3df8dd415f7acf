import { createHash, randomBytes } from 'node:crypto';
import type { AuthContext } from 'better-auth';
import { Refusal } from '../errors.js';
import type { DengluUser } from './schema.js';

/** What a token lets its bearer do, and for how long, in milliseconds. */
const lifetimes = { 'password-reset': 3_600_000, 'email-verification': 24 * 3_600_000 };

type Purpose = keyof typeof lifetimes;

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const identifierOf = (purpose: Purpose, token: string) => `denglu-${purpose} ${hash(token)}`;

/**
 * What a token is there to change. Once it has changed, every token that was made before is void, wherever better-auth
 * keeps them.
 */
async function stateOf({ internalAdapter }: AuthContext, purpose: Purpose, user: DengluUser): Promise<string> {
  const replaced =
    purpose === 'password-reset'
      ? (await internalAdapter.findCredentialAccount(user.id))?.password
      : user.emailVerified;
  return hash(JSON.stringify([user.email, replaced]));
}

/**
 * Makes a token for a user, to be mailed to an address. The table keeps its hash.
 *
 * @param email theirs by default
 */
export async function issueMailToken(
  context: AuthContext,
  purpose: Purpose,
  user: DengluUser,
  email = user.email,
): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await context.internalAdapter.createVerificationValue({
    identifier: identifierOf(purpose, token),
    value: `${user.id} ${email} ${await stateOf(context, purpose, user)}`,
    expiresAt: new Date(Date.now() + lifetimes[purpose]),
  });
  return token;
}

/**
 * Spends a token, inside the transaction that it is for.
 *
 * @returns the user that it was made for, who has the address of then, and the password if it is for that; and the
 * address that it was mailed to
 * @throws Refusal `RESET_TOKEN_INVALID`
 */
export async function spendMailToken(
  context: AuthContext,
  purpose: Purpose,
  token: string,
): Promise<{ user: DengluUser; email: string }> {
  const { internalAdapter } = context;
  const kept = await internalAdapter.consumeVerificationValue(identifierOf(purpose, token));
  const [userId = '', email = '', state] = kept?.value.split(' ') ?? [];
  const user = await internalAdapter.findUserById(userId);
  if (!user || state !== (await stateOf(context, purpose, user))) throw new Refusal('RESET_TOKEN_INVALID');
  return { user, email };
}
