import type { Clock } from '../../ports/clock.js';
import { field } from '../json.js';
import { decryptOpenData, signRawData } from '../wechat/sealing.js';
import { readDetails } from './details.js';
import { type Encrypted, type Profile, type Signed, shownProfile } from './input.js';
import { type ServerCode, ServerRefusal } from './refusal.js';

interface Surroundings {
  appId: string;
  clock: Clock;
}

/** How old data may be, and how far ahead of our clock, in milliseconds (S-05). */
const MAX_AGE = 10 * 60_000;
const MAX_LEAD = 5 * 60_000;

/**
 * Decrypts a phone number, as E.164 (S-04, S-05).
 *
 * @throws ServerRefusal `DECRYPT_FAILED`, `WATERMARK_REFUSED`
 */
export function readPhone(sessionKey: string, data: Encrypted, surroundings: Surroundings): string {
  return phoneOf(decrypted(sessionKey, data), surroundings, 'DECRYPT_FAILED');
}

/**
 * The number, as E.164.
 *
 * @param otherwise what it is where there is no number
 * @throws ServerRefusal `otherwise`, `WATERMARK_REFUSED`
 */
export function phoneOf(info: unknown, surroundings: Surroundings, otherwise: ServerCode): string {
  const pure = String(field(info, 'purePhoneNumber'));
  const country = String(field(info, 'countryCode'));
  const digits = String(field(info, 'phoneNumber')).replace(/\D/g, '');
  const isNumber = /^\d{4,14}$/.test(pure) && /^\d{1,4}$/.test(country) && [pure, country + pure].includes(digits);
  if (!isNumber) throw new ServerRefusal(otherwise);
  checkWatermark(info, surroundings, otherwise);
  return `+${country}${pure}`;
}

/**
 * Checks and decrypts a profile. What counts is the signed text, and the decrypted one has to agree with it (S-04).
 *
 * @throws ServerRefusal `SIGNATURE_MISMATCH`, `DECRYPT_FAILED`, `WATERMARK_REFUSED`
 */
export function readProfile(
  { openid, sessionKey }: { openid: string; sessionKey: string },
  { rawData, signature, ...data }: Signed,
  surroundings: Surroundings,
): Profile {
  if (signRawData(rawData, sessionKey) !== signature) throw new ServerRefusal('SIGNATURE_MISMATCH');
  const raw = parsed(rawData);
  const sealed = decrypted(sessionKey, data);
  checkWatermark(sealed, surroundings, 'DECRYPT_FAILED');
  const agrees = ['nickName', 'avatarUrl'].every((name) => textIn(sealed, name) === textIn(raw, name));
  if ((textIn(sealed, 'openId') ?? openid) !== openid || !agrees) throw new ServerRefusal('DECRYPT_FAILED');
  const [nickname, avatarUrl] = [textIn(raw, 'nickName') || null, textIn(raw, 'avatarUrl') || null];
  return shownProfile({ nickname, avatarUrl, ...readDetails(raw) });
}

function checkWatermark(data: unknown, { appId, clock }: Surroundings, otherwise: ServerCode): void {
  const watermark = field(data, 'watermark');
  const appid = field(watermark, 'appid');
  const timestamp = field(watermark, 'timestamp');
  if (typeof appid !== 'string' || !Number.isInteger(timestamp)) throw new ServerRefusal(otherwise);
  const age = clock.now() - Number(timestamp) * 1000;
  if (appid !== appId || age > MAX_AGE || age < -MAX_LEAD) throw new ServerRefusal('WATERMARK_REFUSED');
}

function decrypted(sessionKey: string, { encryptedData, iv }: Encrypted): unknown {
  let text: string;
  try {
    text = decryptOpenData(encryptedData, sessionKey, iv);
  } catch {
    throw new ServerRefusal('DECRYPT_FAILED');
  }
  return parsed(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServerRefusal('DECRYPT_FAILED');
  }
}

function textIn(data: unknown, name: string): string | undefined {
  const value = field(data, name);
  if (value !== undefined && typeof value !== 'string') throw new ServerRefusal('DECRYPT_FAILED');
  return value;
}
