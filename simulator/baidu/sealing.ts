import { decryptAesCbc, encryptAesCbc } from '../crypto/aes-cbc.js';
import { fromBase64, toBase64 } from '../crypto/base64.js';

/** Bytes: what stands before the content, and what all is padded to (B-09). */
const RANDOM = 16;
const LENGTH = 4;
const BLOCK = 32;

const utf8 = new TextEncoder();

/** What something is sealed with. */
export interface BaiduSeal {
  /** 24 bytes in base64. */
  readonly sessionKey: string;
  /** 16 bytes in base64. */
  readonly iv: string;
  readonly appKey: string;
}

/**
 * What Baidu makes of open data: AES-192-CBC over 16 random bytes, the content's length, the content, the app key, and
 * padding to whole blocks of 32 bytes (B-09).
 *
 * @param random 16 bytes
 * @returns base64
 * @throws RangeError where the key is not 24 bytes, or the iv or `random` not 16
 */
export function encryptBaiduData(content: string, { sessionKey, iv, appKey }: BaiduSeal, random: Uint8Array): string {
  if (random.length !== RANDOM) throw new RangeError('there must be 16 random bytes');
  const [text, tail] = [utf8.encode(content), utf8.encode(appKey)];
  const size = RANDOM + LENGTH + text.length + tail.length;
  const padding = BLOCK - (size % BLOCK);
  const plain = new Uint8Array(size + padding).fill(padding);
  plain.set(random);
  new DataView(plain.buffer).setUint32(RANDOM, text.length);
  plain.set(text, RANDOM + LENGTH);
  plain.set(tail, RANDOM + LENGTH + text.length);
  return toBase64(encryptAesCbc(plain, keyOf(sessionKey), fromBase64(iv)));
}

/**
 * The way back from {@link encryptBaiduData}, as a server goes it (B-09).
 *
 * @throws where it was sealed with another key or for another app, or is damaged
 */
export function decryptBaiduData(data: string, { sessionKey, iv, appKey }: BaiduSeal): string {
  const plain = decryptAesCbc(fromBase64(data), keyOf(sessionKey), fromBase64(iv));
  const padding = plain.at(-1) ?? 0;
  const end = plain.length - padding;
  const isPadding = padding >= 1 && padding <= BLOCK && plain.subarray(end).every((byte) => byte === padding);
  if (plain.length % BLOCK !== 0 || !isPadding) throw new RangeError('the padding is none');
  const start = RANDOM + LENGTH;
  if (end < start) throw new RangeError('there is no length');
  const length = new DataView(plain.buffer, plain.byteOffset).getUint32(RANDOM);
  if (start + length > end) throw new RangeError('the length is beyond the end');
  const read = new TextDecoder('utf-8', { fatal: true });
  if (read.decode(plain.subarray(start + length, end)) !== appKey) throw new RangeError('it is of another app');
  return read.decode(plain.subarray(start, start + length));
}

function keyOf(sessionKey: string): Uint8Array {
  const key = fromBase64(sessionKey);
  if (key.length !== 24) throw new RangeError('the key must be 24 bytes');
  return key;
}
