import { isUtf8 } from 'node:buffer';
import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../errors.js';
import type { EncryptedData, HostAccount, Profile, SignedData } from './host.js';
import { ShownText } from './shown-details.js';
import { shownProfile } from './wechat-shown.js';

/** How old data may be, in milliseconds: longer than a person keeps a sheet open after it was read. */
const MAX_AGE = 10 * 60_000;
/** How far the host's clock may be ahead of ours, in milliseconds. */
const MAX_LEAD = 5 * 60_000;

const Watermark = z.object({ appid: z.string(), timestamp: z.int() });

/** A number as WeChat tells it, decrypted (S-04) or by code (S-03). */
export const PhoneInfo = z
  .object({
    phoneNumber: z.string(),
    purePhoneNumber: z.string().regex(/^\d{4,14}$/),
    countryCode: z.coerce.string().regex(/^\d{1,4}$/),
    watermark: Watermark,
  })
  .refine(({ phoneNumber, purePhoneNumber, countryCode }) => {
    const digits = phoneNumber.replace(/\D/g, '');
    return digits === purePhoneNumber || digits === countryCode + purePhoneNumber;
  });

const RawProfile = z.object({
  nickName: ShownText,
  avatarUrl: ShownText,
  gender: z.number().optional(),
  country: ShownText,
  province: ShownText,
  city: ShownText,
  language: ShownText,
});

const EncryptedProfile = RawProfile.extend({ openId: z.string().optional(), watermark: Watermark });

/**
 * The number within {@link PhoneInfo}, as E.164.
 *
 * @throws Refusal `WATERMARK_REFUSED`
 */
export function toPhone(info: z.infer<typeof PhoneInfo>, appId: string): string {
  checkWatermark(info.watermark, appId);
  return `+${info.countryCode}${info.purePhoneNumber}`;
}

/**
 * Decrypts a phone number, as E.164 (S-04, S-05).
 *
 * @throws Refusal `DECRYPT_FAILED`, `WATERMARK_REFUSED`
 */
export function readPhone(sessionKey: string, data: EncryptedData, appId: string): string {
  return toPhone(decrypt(sessionKey, data, PhoneInfo), appId);
}

/**
 * Checks and decrypts a profile (S-04, S-05). A cipher text alone can be changed without the key: what counts is the
 * signed text, and the decrypted one has to agree with it.
 *
 * @throws Refusal `SIGNATURE_MISMATCH`, `DECRYPT_FAILED`, `WATERMARK_REFUSED`
 */
export function readProfile(
  { openid, sessionKey }: Pick<HostAccount, 'openid' | 'sessionKey'>,
  { rawData, signature, ...data }: SignedData,
  appId: string,
): Profile {
  checkSignature(sessionKey, rawData, signature);
  const raw = parse(rawData, RawProfile);
  const { openId = openid, nickName, avatarUrl, watermark } = decrypt(sessionKey, data, EncryptedProfile);
  checkWatermark(watermark, appId);
  if (openId !== openid || nickName !== raw.nickName || avatarUrl !== raw.avatarUrl) {
    throw new Refusal('DECRYPT_FAILED', { message: 'The encrypted data is not that of the signed data.' });
  }
  return shownProfile(raw);
}

/**
 * Decrypts and reads what WeChat encrypted (S-04). Whatever is wrong is refused in the same words: a cipher text that nobody
 * has signed could be forged byte by byte by whoever is told whether its padding was right.
 *
 * @param schema what the text has to be, once read as JSON
 * @throws Refusal `DECRYPT_FAILED`
 */
export function decrypt<T>(sessionKey: string, data: EncryptedData, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(decryptText(sessionKey, data)));
  } catch {
    throw new Refusal('DECRYPT_FAILED');
  }
}

/**
 * AES-128-CBC with PKCS#7 (S-04), of base64 to text.
 *
 * @throws Error that no client may be told
 */
export function decryptText(sessionKey: string, { encryptedData, iv }: EncryptedData): string {
  const decipher = createDecipheriv('aes-128-cbc', block(sessionKey), block(iv));
  const plain = Buffer.concat([decipher.update(fromBase64(encryptedData)), decipher.final()]);
  if (!isUtf8(plain)) throw new TypeError('not UTF-8');
  return plain.toString('utf8');
}

/**
 * `sha1(rawData + sessionKey)`, hex (S-04).
 *
 * @throws Refusal `SIGNATURE_MISMATCH`
 */
export function checkSignature(sessionKey: string, rawData: string, signature: string): void {
  compare(createHash('sha1').update(rawData + sessionKey), signature);
}

/**
 * `HMAC-SHA256(sessionKey, body)`, hex, its key being the base64 text itself (S-02).
 *
 * @throws Refusal `SIGNATURE_MISMATCH`
 */
export function checkBodySignature(sessionKey: string, body: string, signature: string): void {
  compare(createHmac('sha256', sessionKey).update(body), signature);
}

/**
 * Whether data is of this app, and fresh (S-05).
 *
 * @throws Refusal `WATERMARK_REFUSED`
 */
export function checkWatermark({ appid, timestamp }: z.infer<typeof Watermark>, appId: string): void {
  const age = Date.now() - timestamp * 1000;
  if (appid !== appId) throw new Refusal('WATERMARK_REFUSED', { message: 'The data is of another app.' });
  if (age > MAX_AGE || age < -MAX_LEAD) throw new Refusal('WATERMARK_REFUSED', { message: 'The data is too old.' });
}

function compare(hash: { digest(): Buffer }, signature: string): void {
  const wanted = hash.digest();
  const given = Buffer.from(signature, 'hex');
  const hex = given.toString('hex') === signature;
  if (!hex || given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new Refusal('SIGNATURE_MISMATCH');
  }
}

/** Node reads anything as base64; what is none must not be taken for another key. */
function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new TypeError('not base64');
  return bytes;
}

const BLOCK = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/** The same of sixteen bytes, as keys and vectors are: looking at them is faster than writing them anew. */
function block(text: string): Buffer {
  if (!BLOCK.test(text)) throw new TypeError('not sixteen bytes as base64');
  return Buffer.from(text, 'base64');
}

function parse<T>(text: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new Refusal('DECRYPT_FAILED', { message: 'The signed data is not what was expected.' });
  }
}
