import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../server/errors.js';
import { readPhone, readProfile } from '../../server/hosts/baidu-data.js';
import { BrokenSeal, type SealPart, unseal } from '../../server/hosts/baidu-seal.js';
import { NOTHING } from '../../server/hosts/shown-details.js';
import vectors from './data/vectors.json' with { type: 'json' };

const { app_key, session_key, iv, data, plaintext, random_ascii, pad, content_length } = vectors.baidu_decrypt;
const published = { encryptedData: data, iv };

/** What opening it comes to: the content, or which part is broken. */
function opened(sessionKey: string, sealed: typeof published, appKey = app_key): string {
  try {
    return unseal(sessionKey, sealed, appKey);
  } catch (error) {
    return error instanceof BrokenSeal ? `broken: ${error.part}` : `not typed: ${error}`;
  }
}

const broken = (part: SealPart) => `broken: ${part}`;

/** Encrypts whatever it is, without a padding of its own. */
function encrypted(plain: Buffer): typeof published {
  const cipher = createCipheriv('aes-192-cbc', Buffer.from(session_key, 'base64'), Buffer.from(iv, 'base64'));
  const bytes = Buffer.concat([cipher.setAutoPadding(false).update(plain), cipher.final()]);
  return { encryptedData: bytes.toString('base64'), iv };
}

interface Framing {
  content: Buffer | string;
  length?: number;
  appKey?: string;
}

/** The frame of B-09, before it is padded. */
function framed({ content, length, appKey = app_key }: Framing): Buffer {
  const text = Buffer.from(content);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length ?? text.length);
  return Buffer.concat([Buffer.from(random_ascii), head, text, Buffer.from(appKey)]);
}

function padded(plain: Buffer): Buffer {
  const count = 32 - (plain.length % 32);
  return Buffer.concat([plain, Buffer.alloc(count, count)]);
}

const seal = (framing: Framing) => encrypted(padded(framed(framing)));

/** The plain text of the published example, with one byte set. */
function withByte(at: number, value: number): Buffer {
  const plain = padded(framed({ content: plaintext }));
  plain[at < 0 ? plain.length + at : at] = value;
  return plain;
}

/** The text with one letter changed, for each of its letters; and shorter, longer, empty. */
function damaged(text: string): string[] {
  const letters = [...text].map((letter, at) => text.slice(0, at) + (letter === 'A' ? 'B' : 'A') + text.slice(at + 1));
  return [...letters.filter((changed) => changed !== text), text.slice(1), text.slice(0, -1), `${text}A`, ''];
}

describe('what Baidu sealed (B-09)', () => {
  it('is opened where it is the published example', () => {
    expect(opened(session_key, published)).toBe(plaintext);
    expect(seal({ content: plaintext })).toEqual(published);
    expect([plaintext.length, padded(framed({ content: plaintext })).at(-1)]).toEqual([content_length, pad]);
  });

  it.each([0, 11, 12, 13, 44])('is opened whatever the content leaves to be padded: %i bytes', (size) => {
    const content = 'x'.repeat(size);
    expect(opened(session_key, seal({ content }))).toBe(content);
  });

  it('is not opened with any other session key, and says so where it is none', () => {
    const outcomes = damaged(session_key).map((key) => opened(key, published));
    expect(outcomes).not.toContain(plaintext);
    expect(outcomes.filter((outcome) => !outcome.startsWith('broken: '))).toEqual([]);
    const wrongSizes = [Buffer.alloc(16), Buffer.alloc(32), Buffer.alloc(0)].map((key) => key.toString('base64'));
    expect(new Set(wrongSizes.map((key) => opened(key, published)))).toEqual(new Set([broken('session key')]));
  });

  it('is not opened with an iv that is none', () => {
    for (const text of ['', 'AAAA', `${iv}AAAA`, iv.slice(0, -1), iv.replace('=', '*'), '登录']) {
      expect(opened(session_key, { encryptedData: data, iv: text }), text).toBe(broken('iv'));
    }
  });

  it('has its length where another iv does not reach, so that the random bytes alone suffer from one', () => {
    const other = Buffer.from(iv, 'base64').map((byte) => byte ^ 0xff);
    expect(opened(session_key, { encryptedData: data, iv: Buffer.from(other).toString('base64') })).toBe(plaintext);
  });

  it('is not opened where it is cut off, or no base64', () => {
    const bytes = Buffer.from(data, 'base64');
    for (const text of ['', 'AAAA', '登录', data.slice(1), bytes.subarray(16).toString('base64')]) {
      expect(opened(session_key, { encryptedData: text, iv }), text).toBe(broken('cipher text'));
    }
    for (const end of [-32, -64, 32, 64]) {
      const encryptedData = bytes.subarray(0, end).toString('base64');
      expect(opened(session_key, { encryptedData, iv })).toMatch(/^broken: (padding|length|app key)$/);
    }
  });

  it.each(Array.from({ length: pad }, (_, at) => -1 - at))(
    'has %i as a byte of padding, which has to be right',
    (at) => {
      expect(opened(session_key, encrypted(withByte(at, pad + 1)))).toBe(broken('padding'));
    },
  );

  it.each([0, 33, 255])('is never padded by %i bytes', (count) => {
    expect(opened(session_key, encrypted(withByte(-1, count)))).toBe(broken('padding'));
  });

  it('is not padded to blocks of 16, as a library would', () => {
    const frame = framed({ content: 'x'.repeat(11 + 16) });
    const count = 16 - (frame.length % 16);
    const sixteen = Buffer.concat([frame, Buffer.alloc(count, count)]);
    expect(sixteen.length % 32).toBe(16);
    expect(opened(session_key, encrypted(sixteen))).toBe(broken('cipher text'));
  });

  it.each([[0xffffffff], [0x80000000], [content_length + app_key.length + 1]])(
    'is not opened where its length says %i, beyond the end',
    (length) => {
      expect(opened(session_key, seal({ content: plaintext, length }))).toBe(broken('length'));
    },
  );

  it('is not opened where there is no room for a length', () => {
    expect(opened(session_key, encrypted(Buffer.alloc(32, 32)))).toBe(broken('length'));
  });

  it.each([0, content_length - 1, content_length + 1, content_length + app_key.length])(
    'is not opened where its length says %i, so that something else stands before the padding',
    (length) => {
      expect(opened(session_key, seal({ content: plaintext, length }))).toBe(broken('app key'));
    },
  );

  it('is not opened for any other app key', () => {
    const outcomes = damaged(app_key).map((appKey) => opened(session_key, published, appKey));
    expect(new Set(outcomes)).toEqual(new Set([broken('app key')]));
    expect(opened(session_key, seal({ content: plaintext, appKey: 'another' }))).toBe(broken('app key'));
  });

  it('is not opened where the content is no text', () => {
    expect(opened(session_key, seal({ content: Buffer.from([0xff, 0xfe]) }))).toBe(broken('content'));
  });

  it('is not opened with any letter of the cipher text changed, but for its random bytes', () => {
    const outcomes = damaged(data).map((encryptedData) => opened(session_key, { encryptedData, iv }));
    expect(outcomes.filter((outcome) => outcome.startsWith('not typed'))).toEqual([]);
    expect(outcomes).not.toContain(plaintext);
  });
});

/** The refusal that this ends in. */
function refusalOf(work: () => unknown): Refusal | 'accepted' {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  return 'accepted';
}

describe('a phone number that Baidu sealed (B-06, B-09)', () => {
  const read = (content: string, appKey = app_key) => readPhone(session_key, seal({ content, appKey }), app_key);

  it('is read as E.164', () => {
    expect(read('{"mobile":"13580006666"}')).toBe('+8613580006666');
    expect(read('{"mobile":"+85291234567","more":1}')).toBe('+85291234567');
  });

  it('is refused in the same words whatever is wrong, so that nobody learns which part was right', () => {
    const contents = ['', 'hello', '{', '[]', 'null', '{"mobile":7}', '{"mobile":"1358"}', '{"phone":"13580006666"}'];
    const refusals = contents.map((content) => refusalOf(() => read(content)));
    refusals.push(refusalOf(() => read('{"mobile":"13580006666"}', 'another')));
    for (const plain of [withByte(-1, 0), withByte(16, 0xff), withByte(-2, 0)]) {
      refusals.push(refusalOf(() => readPhone(session_key, encrypted(plain), app_key)));
    }
    refusals.push(refusalOf(() => readPhone(session_key, { encryptedData: 'x', iv: 'x' }, app_key)));
    const told = refusals.map((refusal) => (refusal === 'accepted' ? refusal : JSON.stringify(refusal.body)));
    expect(new Set(told)).toEqual(new Set([JSON.stringify(new Refusal('DECRYPT_FAILED').body)]));
  });
});

describe('a profile that Baidu sealed (B-05, B-09)', () => {
  const account = { openid: 'open_id', sessionKey: session_key };

  it('is read from the published example', () => {
    expect(readProfile(account, published, app_key)).toEqual({
      ...NOTHING,
      nickname: 'baidu_user',
      avatarUrl: 'url of image',
      gender: 1,
    });
  });

  it('is read without an openid, as older hosts seal it, and without a name or a picture', () => {
    expect(readProfile(account, seal({ content: '{"nickname":"小明"}' }), app_key)).toEqual({
      ...NOTHING,
      nickname: '小明',
    });
    const empty = seal({ content: '{"openid":"open_id","nickname":"","headimgurl":""}' });
    expect(readProfile(account, empty, app_key)).toEqual(NOTHING);
  });

  it('is read without U+0000, which not every database can hold', () => {
    const content = JSON.stringify({ nickname: '小\u0000明', headimgurl: 'https://a.example/b\u0000' });
    const { nickname, avatarUrl } = readProfile(account, seal({ content }), app_key);
    expect([nickname, avatarUrl]).toEqual(['小明', 'https://a.example/b']);
  });

  it('of somebody else is refused', () => {
    const refusal = refusalOf(() => readProfile({ ...account, openid: 'another' }, published, app_key));
    expect(refusal).toMatchObject({ code: 'DECRYPT_FAILED' });
  });
});
