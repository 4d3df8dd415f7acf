import { describe, expect, it } from 'vitest';
import { decryptOpenData, encryptOpenData, signRawData, signWithSessionKey } from '../../simulator/index.js';
import vectors from './data/vectors.json' with { type: 'json' };

describe('sealing of open data', () => {
  it('S-04: encrypts as the published example', () => {
    const { plaintext, session_key, iv, encryptedData } = vectors.wechat_decrypt;
    expect(encryptOpenData(plaintext, session_key, iv)).toBe(encryptedData);
  });

  it.each([0, 15, 16, 17, 300])('S-04: pads %i bytes to whole blocks, by one byte at least', async (length) => {
    const { session_key, iv } = vectors.wechat_decrypt;
    const data = 'x'.repeat(length);
    const [key, start] = [session_key, iv].map((text) => Uint8Array.from(Buffer.from(text, 'base64')));
    const imported = await crypto.subtle.importKey('raw', key ?? new Uint8Array(), 'AES-CBC', false, ['encrypt']);
    const expected = await crypto.subtle.encrypt(
      { name: 'AES-CBC', iv: start ?? new Uint8Array() },
      imported,
      new TextEncoder().encode(data),
    );
    expect(encryptOpenData(data, session_key, iv)).toBe(Buffer.from(expected).toString('base64'));
  });

  it('S-04: opens the published example', () => {
    const { plaintext, session_key, iv, encryptedData } = vectors.wechat_decrypt;
    expect(decryptOpenData(encryptedData, session_key, iv)).toBe(plaintext);
  });

  it.each([0, 15, 16, 17, 300])('S-04: opens %i bytes as it sealed them', (length) => {
    const { session_key, iv } = vectors.wechat_decrypt;
    const data = '明'.repeat(length / 3) + 'x'.repeat(length % 3);
    expect(decryptOpenData(encryptOpenData(data, session_key, iv), session_key, iv)).toBe(data);
  });

  it('S-04: opens nothing with another key, and nothing that is damaged', () => {
    const { session_key, iv, encryptedData } = vectors.wechat_decrypt;
    expect(() => decryptOpenData(encryptedData, iv, iv)).toThrow();
    expect(() => decryptOpenData(encryptedData, btoa('short'), iv)).toThrow(RangeError);
    expect(() => decryptOpenData(encryptedData, session_key, btoa('short'))).toThrow(RangeError);
    expect(() => decryptOpenData('', session_key, iv)).toThrow(RangeError);
    expect(() => decryptOpenData(btoa('no whole block'), session_key, iv)).toThrow('whole blocks');
    expect(() => decryptOpenData(encryptedData.slice(0, 64), session_key, iv)).toThrow(RangeError);
  });

  it('S-04: refuses a key or an iv of another length', () => {
    const { session_key, iv } = vectors.wechat_decrypt;
    expect(() => encryptOpenData('', btoa('short'), iv)).toThrow(RangeError);
    expect(() => encryptOpenData('', session_key, btoa('short'))).toThrow(RangeError);
  });

  it('S-04: signs as the published example', () => {
    const { rawData, session_key, signature } = vectors.wechat_signature;
    expect(signRawData(rawData, session_key)).toBe(signature);
  });

  it.each([0, 31, 32, 39, 40, 41, 104, 1000])('S-04: signs %i bytes as WebCrypto does', async (length) => {
    const key = 'x'.repeat(24);
    const data = 'y'.repeat(length);
    const expected = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(data + key));
    expect(signRawData(data, key)).toBe(Buffer.from(expected).toString('hex'));
  });

  it('S-02: takes the base64 text itself as the key of an HMAC, as the published example', async () => {
    const { session_key, cases } = vectors.wechat_hmac_sha256;
    for (const { body, sig } of cases) expect(await signWithSessionKey(body, session_key)).toBe(sig);
  });
});
