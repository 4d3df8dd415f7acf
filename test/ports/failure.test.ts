import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { Failure, failureText, toFailure } from '../../ports/failure.js';
import { secret } from '../../ports/secret.js';
import { everyFailure } from '../../storybook/every-failure.js';

const kinds = everyFailure.map(({ kind }) => kind);

describe('what a person reads of a failure', () => {
  it.each(kinds)('%s is a sentence in English and in Chinese', (kind) => {
    expect(failureText(kind, 'en')).toMatch(/^[A-Z][\x20-\x7e]+\.$/);
    expect(failureText(kind, 'zh')).toMatch(/\p{Script=Han}{2}/u);
    expect(failureText(kind, 'zh')).not.toMatch(/[A-Za-z]/);
  });

  it('differs from kind to kind, in both languages', () => {
    for (const locale of ['en', 'zh'] as const) {
      expect(new Set(kinds.map((kind) => failureText(kind, locale))).size).toBe(kinds.length);
    }
  });
});

describe('what a developer reads of a failure', () => {
  it.each(kinds)('%s has a message, if only its kind', (kind) => {
    expect(new Failure(kind).message).toBe(kind);
    expect(new Failure(kind, { message: '' }).message).toBe(kind);
    expect(new Failure(kind, { message: 'the host said no' }).message).toBe('the host said no');
  });

  it('is an error by its own name', () => {
    const failure = new Failure('busy', { message: 'come back later' });
    expect(failure).toBeInstanceOf(Error);
    expect(String(failure)).toBe('Failure: come back later');
    expect(failure.stack).toContain('failure.test');
  });

  it('is whole in JSON', () => {
    const failure = new Failure('rate-limited', { message: 'slower', retryAfter: 1500, raw: { errCode: 45009 } });
    expect(JSON.parse(JSON.stringify({ failure }))).toEqual({
      failure: { kind: 'rate-limited', message: 'slower', retryAfter: 1500, raw: { errCode: 45009 } },
    });
    expect(JSON.parse(JSON.stringify(new Failure('busy')))).toEqual({
      kind: 'busy',
      message: 'busy',
    });
  });
});

describe('what a failure keeps of its payload', () => {
  it('G-11: is every field that explains it', () => {
    const raw = {
      errno: 5,
      errCode: -1,
      errcode: 45009,
      errMsg: 'login:fail',
      errmsg: 'busy',
      error: 'invalid_grant',
      status: 502,
      message: 'bad gateway',
      code: 'CODE_USED',
    };
    expect(new Failure('unknown', { raw }).raw).toEqual(raw);
    expect(new Failure('unknown', { raw: { code: 10004 } }).raw).toEqual({ code: 10004 });
  });

  it('G-23: is nothing else: no codes, tokens, cipher texts or numbers to call', () => {
    const raw = {
      errMsg: 'getPhoneNumber:fail',
      code: '0a3XYZ000aBcDe1fGh200wXyZ12aBc3d',
      token: 'secret-token',
      session_key: 'secret-key',
      encryptedData: 'secret-data',
      iv: 'secret-iv',
      phoneNumber: '13800138000',
      data: { token: 'secret-token' },
      header: { authorization: 'Bearer secret-token' },
      toString: () => 'secret-text',
    };
    const failure = new Failure('denied', { raw });
    expect(failure.raw).toEqual({ errMsg: 'getPhoneNumber:fail' });
    const text = inspect(failure, { depth: 10, showHidden: true }) + JSON.stringify(failure) + String(failure);
    expect(text).not.toMatch(/secret-|0a3XYZ|13800138000/);
  });

  it('G-23: is text and numbers only, so that nothing hides in an explaining field', () => {
    const raw = {
      errMsg: { token: 'secret-token' },
      message: ['secret'],
      error: secret('secret'),
      code: true,
      status: null,
    };
    expect(new Failure('unknown', { raw }).raw).toEqual({});
  });

  it.each([undefined, null, 'text', 7, true])('is nothing where the payload is %o', (raw) => {
    expect(new Failure('unknown', { raw }).raw).toBeUndefined();
  });

  it('reaches what an error does not enumerate', () => {
    const raw = Object.assign(new Error('getaddrinfo failed'), { code: 'ENOTFOUND', hostname: 'secret.test' });
    expect(new Failure('offline', { raw }).raw).toEqual({ message: 'getaddrinfo failed', code: 'ENOTFOUND' });
  });
});

describe('anything that was caught, as a failure', () => {
  it('is itself where it is one', () => {
    const failure = new Failure('denied');
    expect(toFailure(failure)).toBe(failure);
  });

  it('is itself where it comes from another bundle, whose class is another one', async () => {
    vi.resetModules();
    const other = await import('../../ports/failure.js');
    expect(other.Failure).not.toBe(Failure);
    const failure = new other.Failure('denied', { retryAfter: 5 });
    expect(failure).not.toBeInstanceOf(Failure);
    expect(toFailure(failure)).toBe(failure);
    expect(other.toFailure(new Failure('busy'))).toMatchObject({ kind: 'busy' });
  });

  it('is unknown where it is another error, with its message', () => {
    expect(toFailure(new TypeError('x is undefined'))).toMatchObject({
      kind: 'unknown',
      message: 'x is undefined',
      raw: { message: 'x is undefined' },
    });
    expect(toFailure(new Error(''))).toMatchObject({ kind: 'unknown', message: 'unknown' });
  });

  it.each([undefined, null, 'text', 7, {}, { kind: 'denied' }, { name: 'Failure', kind: 'denied' }, Symbol('thrown')])(
    'is unknown, and not denied, where it is %o (G-11)',
    (thrown) => {
      const failure = toFailure(thrown);
      expect(failure).toBeInstanceOf(Failure);
      expect(failure).toMatchObject({ kind: 'unknown', message: 'unknown' });
    },
  );

  it('is unknown where it is an error that only has a kind', () => {
    expect(toFailure(Object.assign(new Error('no'), { kind: 'denied' })).kind).toBe('unknown');
  });
});
