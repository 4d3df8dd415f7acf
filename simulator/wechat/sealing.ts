import { decryptAes128Cbc, encryptAes128Cbc } from '../crypto/aes-128-cbc.js';
import { fromBase64, toBase64, toHex } from '../crypto/base64.js';
import { sha1 } from '../crypto/sha1.js';

const utf8 = new TextEncoder();

/**
 * What WeChat makes of open data: AES-128-CBC with PKCS#7 (S-04).
 *
 * @param sessionKey 16 bytes in base64
 * @param iv 16 bytes in base64
 * @returns base64
 * @throws RangeError where the key or the iv is not 16 bytes
 */
export function encryptOpenData(data: string, sessionKey: string, iv: string): string {
  return toBase64(encryptAes128Cbc(utf8.encode(data), fromBase64(sessionKey), fromBase64(iv)));
}

/**
 * The way back from {@link encryptOpenData}, as a server goes it (S-04).
 *
 * @throws where it was sealed with another key, or damaged
 */
export function decryptOpenData(encryptedData: string, sessionKey: string, iv: string): string {
  const plain = decryptAes128Cbc(fromBase64(encryptedData), fromBase64(sessionKey), fromBase64(iv));
  return new TextDecoder('utf-8', { fatal: true }).decode(plain);
}

/** `signature = sha1(rawData + session_key)`, in hex (S-04). */
export function signRawData(rawData: string, sessionKey: string): string {
  return toHex(sha1(utf8.encode(rawData + sessionKey)));
}

/** HMAC-SHA256 of a text with the session key, in hex; the key is the base64 text itself (S-02). */
export async function signWithSessionKey(text: string, sessionKey: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', utf8.encode(sessionKey), algorithm, false, ['sign']);
  return toHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(text))));
}
