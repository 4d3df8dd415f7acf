import type { AuthContext } from 'better-auth';
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { z } from 'zod';
import { Refusal } from '../errors.js';
import type { Host, HostAccount } from '../hosts/host.js';
import type { Identity } from './schema.js';
import { spendCode } from './spent-codes.js';
import { tokenShelf } from './token-shelf.js';

/** A login code or a phone code. */
export const Code = z.string().min(1).max(256);

/** What the host encrypted. */
export const Encrypted = z.object({ encryptedData: z.string().min(1).max(8192), iv: z.string().min(1).max(64) });

/** What proves a phone number; where there is a code, it alone counts (W-13). */
export const PhoneProof = z.union([z.object({ phoneCode: Code }), Encrypted], {
  error: 'Either phoneCode, or encryptedData and iv',
});

/** What the host signed, and encrypted. */
export const Signed = Encrypted.extend({ rawData: z.string().min(1).max(8192), signature: z.string().max(64) });

/** An account that has just shown a login code. */
export interface ProvenAccount extends HostAccount {
  /** The session key as it may be stored (S-06). */
  readonly sealedKey: string;
}

/**
 * The account that a login code stands for.
 *
 * @throws Refusal `CODE_USED`, and what {@link Host.exchangeCode} throws
 */
export async function proveAccount(context: AuthContext, host: Host, code: string): Promise<ProvenAccount> {
  if (!(await spendCode(context.adapter, host, 'login', code))) throw new Refusal('CODE_USED');
  const account = await host.exchangeCode(code);
  const sealedKey = await symmetricEncrypt({ key: context.secretConfig, data: account.sessionKey });
  return { ...account, sealedKey };
}

/**
 * The phone number that a person let the host tell.
 *
 * @param sessionKey asked for only where something is to be decrypted
 * @throws Refusal `PHONE_CODE_INVALID`, and what {@link Host.exchangePhoneCode} and {@link Host.readPhone} throw
 */
export async function provePhone(
  context: AuthContext,
  host: Host,
  proof: z.output<typeof PhoneProof>,
  sessionKey: () => Promise<string>,
): Promise<string> {
  if (!('phoneCode' in proof)) return host.readPhone(await sessionKey(), proof);
  if (!(await spendCode(context.adapter, host, 'phone', proof.phoneCode))) throw new Refusal('PHONE_CODE_INVALID');
  return host.exchangePhoneCode(proof.phoneCode, tokenShelf(context, host));
}

/**
 * The session key that our tables hold for a host account. One that was encrypted with a secret which is no longer known
 * is as good as none: the next sign-in brings another (W-04).
 *
 * @throws Refusal `SESSION_KEY_MISSING`
 */
export async function storedSessionKey(context: AuthContext, identity: Identity | null): Promise<string> {
  if (!identity) throw new Refusal('SESSION_KEY_MISSING');
  return symmetricDecrypt({ key: context.secretConfig, data: identity.sessionKey }).catch(() => {
    throw new Refusal('SESSION_KEY_MISSING');
  });
}
