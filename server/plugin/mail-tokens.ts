import { createHash, randomBytes } from 'node:crypto';
import type { AuthContext } from 'better-auth';
import { Refusal } from '../errors.js';
import type { DengluUser } from './schema.js';

/** What a token lets its bearer do, and for how long, in milliseconds. */
const lifetimes = { 'password-reset': 3_600_000, 'email-verification': 24 * 3_600_000 };

type Purpose = keyof typeof lifetimes;

const identifierOf = (purpose: Purpose, token: string) =>
  `denglu-${purpose} ${createHash('sha256').update(token).digest('hex')}`;

/** Makes a token for the user's address of now. The table keeps its hash. */
export async function issueMailToken(context: AuthContext, purpose: Purpose, user: DengluUser): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await context.internalAdapter.createVerificationValue({
    identifier: identifierOf(purpose, token),
    value: `${user.id} ${user.email}`,
    expiresAt: new Date(Date.now() + lifetimes[purpose]),
  });
  return token;
}

/**
 * Spends a token, inside the transaction that it is for.
 *
 * @returns the user that it was made for, who still has the address
 * @throws Refusal `RESET_TOKEN_INVALID`
 */
export async function spendMailToken(context: AuthContext, purpose: Purpose, token: string): Promise<DengluUser> {
  const { internalAdapter } = context;
  const kept = await internalAdapter.consumeVerificationValue(identifierOf(purpose, token));
  const [userId = '', email] = kept?.value.split(' ') ?? [];
  const user = await internalAdapter.findUserById(userId);
  if (!user || user.email !== email) throw new Refusal('RESET_TOKEN_INVALID');
  return user;
}
