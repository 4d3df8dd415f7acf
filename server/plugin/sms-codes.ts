import { randomInt } from 'node:crypto';
import type { AuthContext } from 'better-auth';
import { Refusal } from '../errors.js';
import { isSigned } from './secrets.js';
import { signatureOf } from './token.js';

/** How long a code is good for, in milliseconds. */
const LIFETIME = 5 * 60_000;

const identifierOf = (phone: string) => `denglu-sms ${phone}`;

/** Six digits are soon tried out by whoever reads the table, so what stands there is made with the server's secret. */
const sealed = (context: AuthContext, phone: string, code: string) => signatureOf(textOf(phone, code), context.secret);

const textOf = (phone: string, code: string) => `sms ${phone} ${code}`;

/** Makes a code for a number; an older one is void. */
export async function issueSmsCode(context: AuthContext, phone: string): Promise<string> {
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const identifier = identifierOf(phone);
  const expiresAt = new Date(Date.now() + LIFETIME);
  await context.internalAdapter.deleteVerificationByIdentifier(identifier);
  await context.internalAdapter.createVerificationValue({
    identifier,
    value: sealed(context, phone, code),
    expiresAt,
  });
  return code;
}

/**
 * Spends a code, inside the transaction that it is for.
 *
 * @throws Refusal `SMS_CODE_WRONG`
 */
export async function spendSmsCode(context: AuthContext, phone: string, code: string): Promise<void> {
  const { internalAdapter } = context;
  const kept = await internalAdapter.findVerificationValue(identifierOf(phone));
  const right = kept && isSigned(context, textOf(phone, code), kept.value);
  if (!right || !(await internalAdapter.consumeVerificationValue(identifierOf(phone)))) {
    throw new Refusal('SMS_CODE_WRONG');
  }
}
