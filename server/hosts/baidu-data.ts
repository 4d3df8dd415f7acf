import { z } from 'zod';
import { Refusal } from '../errors.js';
import { Phone } from '../phone.js';
import { unseal } from './baidu-seal.js';
import type { EncryptedData, HostAccount, Profile } from './host.js';
import { ShownText, shownDetails } from './shown-details.js';

const SealedPhone = z.object({ mobile: Phone });

const SealedProfile = z.object({
  openid: z.string().optional(),
  nickname: ShownText,
  headimgurl: ShownText,
  /** As WeChat's gender; some hosts write numbers as text. */
  sex: z.coerce.number().optional().catch(undefined),
});

/**
 * Decrypts a phone number, as E.164 (B-09).
 *
 * @throws Refusal `DECRYPT_FAILED`
 */
export function readPhone(sessionKey: string, data: EncryptedData, appKey: string): string {
  return read(sessionKey, data, appKey, SealedPhone).mobile;
}

/**
 * Decrypts the profile of one account (B-05, B-09).
 *
 * @throws Refusal `DECRYPT_FAILED`
 */
export function readProfile(
  account: Pick<HostAccount, 'openid' | 'sessionKey'>,
  data: EncryptedData,
  appKey: string,
): Profile {
  const { openid, nickname, headimgurl, sex } = read(account.sessionKey, data, appKey, SealedProfile);
  if (openid !== undefined && openid !== account.openid) throw new Refusal('DECRYPT_FAILED');
  return { nickname: nickname || null, avatarUrl: headimgurl || null, ...shownDetails({ gender: sex }) };
}

/**
 * Whatever is wrong, the refusal is the same to the letter: one that told a wrong padding from a wrong content would let
 * its reader seal what they like, without the key.
 */
function read<T>(sessionKey: string, data: EncryptedData, appKey: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(unseal(sessionKey, data, appKey)));
  } catch {
    throw new Refusal('DECRYPT_FAILED');
  }
}
