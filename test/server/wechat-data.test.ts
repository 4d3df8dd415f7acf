import { createCipheriv, createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Refusal } from '../../server/errors.js';
import { NOTHING } from '../../server/hosts/shown-details.js';
import {
  checkBodySignature,
  checkSignature,
  checkWatermark,
  decrypt,
  readPhone,
  readProfile,
} from '../../server/hosts/wechat-data.js';
import vectors from './data/vectors.json' with { type: 'json' };

const { wechat_decrypt: sealed, wechat_signature: signed, wechat_hmac_sha256: hmac } = vectors;

const Sealed = z.looseObject({
  openId: z.literal('oGZUI0egBJY1zhBYw2KhdUfwVJJE'),
  nickName: z.literal('Band'),
  watermark: z.object({ appid: z.string(), timestamp: z.int() }),
});

/** The code of the refusal that this ends in. */
function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Refusal ? error.code : `not typed: ${error}`;
  }
  return 'accepted';
}

/** The text with one letter changed, for each of its letters; and shorter, longer, empty. */
function damaged(text: string): string[] {
  const letters = [...text].map((letter, at) => text.slice(0, at) + (letter === 'A' ? 'B' : 'A') + text.slice(at + 1));
  return [...letters.filter((changed) => changed !== text), text.slice(1), text.slice(0, -1), `${text}A`, ''];
}

const outcomes = (texts: string[], work: (text: string) => unknown) => [
  ...new Set(texts.map((text) => refusalOf(() => work(text)))),
];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(1_477_314_187_000);
});
afterEach(() => vi.useRealTimers());

describe('decrypting (S-04)', () => {
  const { session_key, iv, encryptedData } = sealed;

  it('reads what WeChat published', () => {
    expect(decrypt(session_key, { encryptedData, iv }, Sealed)).toEqual(JSON.parse(sealed.plaintext));
  });

  it('refuses any other session key', () => {
    expect(outcomes(damaged(session_key), (key) => decrypt(key, { encryptedData, iv }, Sealed))).toEqual([
      'DECRYPT_FAILED',
    ]);
  });

  it('refuses an iv that is none', () => {
    const none = ['', 'AAAA', `${iv}AAAA`, iv.slice(0, -1), iv.replace('=', '*'), '登录'];
    expect(outcomes(none, (text) => decrypt(session_key, { encryptedData, iv: text }, Sealed))).toEqual([
      'DECRYPT_FAILED',
    ]);
  });

  it('refuses cipher texts that are none, or that are cut off', () => {
    const none = ['', 'AAAA', '登录', encryptedData.slice(4), encryptedData.slice(0, -24), encryptedData.slice(0, -1)];
    expect(outcomes(none, (text) => decrypt(session_key, { encryptedData: text, iv }, Sealed))).toEqual([
      'DECRYPT_FAILED',
    ]);
  });

  it('refuses what is no JSON, and JSON of another kind', () => {
    for (const text of ['', 'hello', '{', '[]', 'null', '7', '{"nickName":7}']) {
      expect(refusalOf(() => decrypt(session_key, seal(session_key, text), Sealed))).toBe('DECRYPT_FAILED');
    }
  });
});

describe('the signature (S-04)', () => {
  const { rawData, session_key, signature } = signed;

  it('of what WeChat published matches', () => {
    expect(() => checkSignature(session_key, rawData, signature)).not.toThrow();
  });

  it.each([
    ['rawData', rawData, (text: string) => checkSignature(session_key, text, signature)],
    ['session_key', session_key, (text: string) => checkSignature(text, rawData, signature)],
    ['signature', signature, (text: string) => checkSignature(session_key, rawData, text)],
  ])('does not match with any other %s', (_, text, work) => {
    expect(outcomes(damaged(text), work)).toEqual(['SIGNATURE_MISMATCH']);
  });
});

describe('the signature of a body (S-02)', () => {
  it.each(hmac.cases)('is made with the base64 text itself as its key: $body', ({ body, sig }) => {
    expect(() => checkBodySignature(hmac.session_key, body, sig)).not.toThrow();
    expect(outcomes(damaged(`${body} `), (text) => checkBodySignature(hmac.session_key, `${text}x`, sig))).toEqual([
      'SIGNATURE_MISMATCH',
    ]);
    expect(outcomes(damaged(hmac.session_key), (key) => checkBodySignature(key, body, sig))).toEqual([
      'SIGNATURE_MISMATCH',
    ]);
    expect(outcomes(damaged(sig), (text) => checkBodySignature(hmac.session_key, body, text))).toEqual([
      'SIGNATURE_MISMATCH',
    ]);
  });
});

describe('the watermark (S-05)', () => {
  const { watermark } = Sealed.parse(JSON.parse(sealed.plaintext));
  const judge = (changes: Partial<typeof watermark>) =>
    refusalOf(() => checkWatermark({ ...watermark, ...changes }, sealed.appid));
  const seconds = (offset: number) => judge({ timestamp: watermark.timestamp + offset });

  it('of ours and of now is accepted', () => {
    expect([judge({}), seconds(-599), seconds(299)]).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('of any other app is refused', () => {
    expect(outcomes(damaged(sealed.appid), (appid) => checkWatermark({ ...watermark, appid }, sealed.appid))).toEqual([
      'WATERMARK_REFUSED',
    ]);
  });

  it('that is stale, or of the future, is refused', () => {
    expect([seconds(-601), seconds(301), seconds(-86_400)]).toEqual(Array(3).fill('WATERMARK_REFUSED'));
  });
});

const APP_ID = 'wx4f4bc4dec97d474b';
const KEY = sealed.session_key;

function seal(key: string, text: string) {
  const iv = Buffer.alloc(16, 7);
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(key, 'base64'), iv);
  const encrypted = Buffer.concat([cipher.update(text), cipher.final()]);
  return { encryptedData: encrypted.toString('base64'), iv: iv.toString('base64') };
}

const watermark = { timestamp: 1_477_314_187, appid: APP_ID };

describe('a phone number', () => {
  const info = { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '86', watermark };
  const read = (changes: object) => readPhone(KEY, seal(KEY, JSON.stringify({ ...info, ...changes })), APP_ID);

  it('is read as E.164', () => {
    expect(read({})).toBe('+8613580006666');
    expect(read({ phoneNumber: '+8613580006666', countryCode: 86 })).toBe('+8613580006666');
    expect(read({ phoneNumber: '+12025550123', purePhoneNumber: '2025550123', countryCode: '1' })).toBe('+12025550123');
  });

  it('in any letter changed is refused, whether iv or cipher text', () => {
    const { encryptedData, iv } = seal(KEY, JSON.stringify(info));
    expect(outcomes(damaged(iv), (text) => readPhone(KEY, { encryptedData, iv: text }, APP_ID))).toEqual([
      'DECRYPT_FAILED',
    ]);
    const changed = outcomes(damaged(encryptedData), (text) => readPhone(KEY, { encryptedData: text, iv }, APP_ID));
    expect(changed).not.toContain('accepted');
    expect(changed.filter((code) => !['DECRYPT_FAILED', 'WATERMARK_REFUSED'].includes(code))).toEqual([]);
  });

  it.each([
    { phoneNumber: '13580006667' },
    { purePhoneNumber: '1358000666x' },
    { countryCode: '' },
    { purePhoneNumber: undefined },
    { watermark: undefined },
    { watermark: { ...watermark, timestamp: '1477314187' } },
  ])('that does not agree with itself is refused: %o', (changes) => {
    expect(refusalOf(() => read(changes))).toBe('DECRYPT_FAILED');
  });

  it('of another app, or stale, is refused', () => {
    expect(refusalOf(() => read({ watermark: { ...watermark, appid: 'wx0' } }))).toBe('WATERMARK_REFUSED');
    expect(refusalOf(() => read({ watermark: { ...watermark, timestamp: 0 } }))).toBe('WATERMARK_REFUSED');
  });
});

describe('a profile', () => {
  const shown = { nickName: 'Band', avatarUrl: 'http://wx.qlogo.cn/0' };
  const account = { openid: 'o-1', sessionKey: KEY };

  function profile(encrypted: object = {}, raw: object = {}) {
    const rawData = JSON.stringify({ ...shown, ...raw });
    const signature = createHash('sha1')
      .update(rawData + KEY)
      .digest('hex');
    return { rawData, signature, ...seal(KEY, JSON.stringify({ ...shown, openId: 'o-1', watermark, ...encrypted })) };
  }

  it('is read where the signed and the encrypted part agree', () => {
    const expected = { ...NOTHING, nickname: 'Band', avatarUrl: shown.avatarUrl };
    expect(readProfile(account, profile(), APP_ID)).toEqual(expected);
    expect(readProfile(account, profile({ openId: undefined }), APP_ID)).toEqual(expected);
  });

  it('tells a gender and a language where there is one, and a place whole or not at all', () => {
    const read = (more: object) => readProfile(account, profile({}, more), APP_ID);
    const untold = { gender: 0, country: '', province: '', city: '', language: '' };
    expect(read(untold)).toMatchObject({ gender: null, country: null, province: null, city: null, language: null });
    expect(read({ ...untold, gender: 3 })).toMatchObject({ gender: null });
    expect(read({ ...untold, gender: 2, country: 'Andorra', language: 'en' })).toMatchObject({
      gender: 2,
      country: 'Andorra',
      province: '',
      city: '',
      language: 'en',
    });
  });

  it.each(['rawData', 'signature', 'encryptedData', 'iv'] as const)('is refused with any other %s', (field) => {
    const data = profile();
    const codes = outcomes(damaged(data[field]), (text) => readProfile(account, { ...data, [field]: text }, APP_ID));
    expect(codes).not.toContain('accepted');
    const typed = ['SIGNATURE_MISMATCH', 'DECRYPT_FAILED', 'WATERMARK_REFUSED'];
    expect(codes.filter((code) => !typed.includes(code))).toEqual([]);
  });

  it('of somebody else, or of another picture, is refused', () => {
    expect(refusalOf(() => readProfile(account, profile({ openId: 'o-2' }), APP_ID))).toBe('DECRYPT_FAILED');
    expect(refusalOf(() => readProfile(account, profile({ avatarUrl: 'http://a.b' }), APP_ID))).toBe('DECRYPT_FAILED');
    expect(refusalOf(() => readProfile(account, profile({}, { nickName: 'A' }), APP_ID))).toBe('DECRYPT_FAILED');
    expect(refusalOf(() => readProfile(account, profile({ watermark: { ...watermark, appid: 'wx' } }), APP_ID))).toBe(
      'WATERMARK_REFUSED',
    );
  });
});
