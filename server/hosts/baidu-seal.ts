import { createDecipheriv } from 'node:crypto';
import type { EncryptedData } from './host.js';

/** Which part of a sealed text is not as it should be. */
export type SealPart = 'session key' | 'iv' | 'cipher text' | 'padding' | 'length' | 'app key' | 'content';

/**
 * Something sealed cannot be opened. Which part it is is for our own eyes: CBC without a signature is as good as open to
 * whoever is told whether the padding was right.
 */
export class BrokenSeal extends Error {
  readonly part: SealPart;

  constructor(part: SealPart) {
    super(`the ${part} is not right`);
    this.name = 'BrokenSeal';
    this.part = part;
  }
}

/** Bytes. */
const KEY = 24;
const CIPHER_BLOCK = 16;
const PADDED_TO = 32;
const RANDOM = 16;
const LENGTH = 4;

/**
 * Opens what Baidu sealed: AES-192-CBC over 16 random bytes, the content's length, the content, the app key, and padding
 * to whole blocks of 32 bytes (B-09). The padding is checked here, because that of a library knows blocks of 16 alone.
 *
 * @param sessionKey 24 bytes in base64
 * @returns the content
 * @throws BrokenSeal
 */
export function unseal(sessionKey: string, { encryptedData, iv }: EncryptedData, appKey: string): string {
  const key = fromBase64(sessionKey, 'session key');
  if (key.length !== KEY) throw new BrokenSeal('session key');
  const start = fromBase64(iv, 'iv');
  if (start.length !== CIPHER_BLOCK) throw new BrokenSeal('iv');
  const cipherText = fromBase64(encryptedData, 'cipher text');
  if (cipherText.length === 0 || cipherText.length % PADDED_TO !== 0) throw new BrokenSeal('cipher text');

  const decipher = createDecipheriv('aes-192-cbc', key, start).setAutoPadding(false);
  const plain = withoutPadding(Buffer.concat([decipher.update(cipherText), decipher.final()]));

  const begin = RANDOM + LENGTH;
  if (plain.length < begin) throw new BrokenSeal('length');
  const end = begin + plain.readUInt32BE(RANDOM);
  if (end > plain.length) throw new BrokenSeal('length');
  if (!plain.subarray(end).equals(Buffer.from(appKey))) throw new BrokenSeal('app key');
  return toText(plain.subarray(begin, end));
}

function withoutPadding(padded: Buffer): Buffer {
  const count = padded.at(-1) ?? 0;
  const end = padded.length - count;
  const isPadding = count >= 1 && count <= PADDED_TO && padded.subarray(end).every((byte) => byte === count);
  if (!isPadding) throw new BrokenSeal('padding');
  return padded.subarray(0, end);
}

function toText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BrokenSeal('content');
  }
}

/** Node reads anything as base64; what is none must not be taken for another key. */
function fromBase64(text: string, part: SealPart): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new BrokenSeal(part);
  return bytes;
}
