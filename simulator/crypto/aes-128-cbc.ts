import { decryptAesCbc, encryptAesCbc } from './aes-cbc.js';

/**
 * Encrypts with AES-128 in CBC mode, with PKCS#7 padding.
 *
 * @throws RangeError where the key or the iv is not 16 bytes
 */
export function encryptAes128Cbc(data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  checkKey(key);
  const padding = BLOCK - (data.length % BLOCK);
  const padded = new Uint8Array(data.length + padding).fill(padding);
  padded.set(data);
  return encryptAesCbc(padded, key, iv);
}

/**
 * The way back from {@link encryptAes128Cbc}.
 *
 * @throws RangeError where the key, the iv or the data has another length, or the padding is none: as a rule, where the
 * key is another one
 */
export function decryptAes128Cbc(data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  checkKey(key);
  const plain = decryptAesCbc(data, key, iv);
  const padding = plain.at(-1) ?? 0;
  const end = plain.length - padding;
  const isPadding = padding >= 1 && padding <= BLOCK && plain.subarray(end).every((byte) => byte === padding);
  if (!isPadding) throw new RangeError('the padding is none');
  return plain.subarray(0, end);
}

/** Bytes. */
const BLOCK = 16;

function checkKey(key: Uint8Array) {
  if (key.length !== BLOCK) throw new RangeError('the key must be 16 bytes');
}
