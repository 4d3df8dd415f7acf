import { describe, expect, it } from 'vitest';
import { createActor, createMachine } from 'xstate';
import { createEncoder } from '../../inspect/encode.js';
import { createNames } from '../../inspect/names.js';
import { createPlaceholders } from '../../inspect/placeholders.js';
import { Failure } from '../../ports/failure.js';
import { secret } from '../../ports/secret.js';

const encoder = () =>
  createEncoder({ placeholders: createPlaceholders(), objects: createNames(), nameOfActor: () => 'actor#1' });

describe('what an inspector tells of an event (G-23)', () => {
  it('has a placeholder for each secret, the same for the same value, whoever wrapped it', () => {
    const encode = encoder();
    expect(encode({ code: secret('abcdefgh'), other: { token: secret('12345678') } })).toEqual({
      code: { $secret: 'code#1' },
      other: { token: { $secret: 'token#1' } },
    });
    expect(encode({ code: secret('abcdefgh') })).toEqual({ code: { $secret: 'code#1' } });
    expect(encode({ code: secret('ijklmnop') })).toEqual({ code: { $secret: 'code#2' } });
  });

  it('hides a secret that was named once wherever else it turns up, in messages too', () => {
    const encode = encoder();
    encode({ token: secret('very-secret-token') });
    const failure = new Failure('unknown', {
      message: 'bad very-secret-token',
      raw: { errMsg: 'x very-secret-token' },
    });
    const text = JSON.stringify(encode({ failure, note: 'see very-secret-token here' }));
    expect(text).not.toContain('very-secret-token');
    expect(text).toContain('see token#1 here');
  });

  it('hides texts that an app forgot to wrap, by the names of their fields', () => {
    const told = encoder()({
      password: 'hunter22',
      phoneNumber: '13800000000',
      mobile: 13_800_000_000,
      encryptedData: 'c2VhbGVk',
      iv: 'aXY=',
      session_key: 'a2V5',
      nickName: '小明',
      openid: 'o-1',
      email: 'a@example.com',
    });
    expect(Object.values(Object(told)).every((value) => '$text' in Object(value))).toBe(true);
  });

  it.each([
    ['authorization', 'cookie', 'setCookie', 'x-api-key', 'jwt', 'bearer', 'credentials', 'privateKey'],
    ['tel', 'mobile', 'mobileNumber', 'phones', 'userPhone', 'contact_tel', 'telephone'],
    ['pin', 'otp', 'smsCode', 'idCard', 'idCardNo', 'bankCard', 'passport', 'newPassword', 'password2', 'pwd'],
    ['fullName', 'emailAddress', 'unionid', 'avatarUrl', '手机号', '密码', '身份证号', '真实姓名'],
  ])('hides by name: %s, %s, %s and others', (...names) => {
    for (const name of names) {
      for (const value of ['a-text', 123_456, ['a-text'], { inside: { of: 'a-text' } }, [{ of: 4321 }]]) {
        const told = JSON.stringify(encoder()({ [name]: value }));
        expect([name, told]).toEqual([name, expect.stringMatching(/"\$text":"[^"]+#1"/)]);
        expect(told).not.toMatch(/a-text|123456|4321/);
      }
    }
  });

  it('tells what only sounds alike: lengths of time, what went wrong, and what only ends otherwise', () => {
    const told = {
      timing: { code: 30_000, phone: 10_000 },
      tokenLifetime: 300,
      hotel: 'a',
      spin: 'b',
      hasPassword: true,
      countryCode: '86',
    };
    expect(encoder()(told)).toEqual(told);
  });

  it('hides what a text names as a token, a password, a secret or a key, though no field ever held it', () => {
    const texts = [
      'nope token=abcdefghij123456',
      'GET /?access_token=abcdefghij123456&code=40029',
      'authorization: Bearer abcdefghij123456',
      '{"sessionKey": "abcdefghij123456"}',
      'no password: required; tokenLifetime=7200000000',
    ];
    const encode = encoder();
    expect(texts.map((text) => encode({ text }))).toEqual([
      { text: 'nope token=token#1' },
      { text: 'GET /?access_token=token#1&code=40029' },
      { text: 'authorization: Bearer token#1' },
      { text: '{"sessionKey": "token#1"}' },
      { text: 'no password: required; tokenLifetime=7200000000' },
    ]);
  });

  it('hides what a message says before the field of the secret comes, and what is a field’s own name', () => {
    const told = JSON.stringify(
      encoder()({
        type: 'SENT.13800000000',
        message: 'sent 4321 to 13800000000, not to 43210',
        byNumber: { 13800000000: true },
        token: { 'abcdef-123456': 'name' },
        error: new Error('abcdef-123456 is over'),
        form: { deep: { deeper: [{ phone: 13_800_000_000, pin: 4321 }] } },
      }),
    );
    expect(told).not.toMatch(/13800000000|\b4321\b|abcdef/);
    expect(told).toContain('sent pin#1 to phone#1, not to 43210');
  });

  it('knows a secret that is met now and then for as long as an app runs', () => {
    const encode = encoder();
    const token = secret('the-token-of-the-app');
    for (let at = 0; at < 4000; at += 1) {
      encode({ code: secret(`code-number-${at}`) });
      if (at % 1000 === 0) encode({ token });
    }
    expect(encode({ message: 'the-token-of-the-app failed' })).toEqual({ message: 'token#1 failed' });
    expect(encode({ code: secret('code-number-0') })).toEqual({ code: { $secret: 'code#4001' } });
  });

  it('tells why something failed: kind, message, what explains it, and nothing that only looks like a code', () => {
    const failure = new Failure('busy', {
      retryAfter: 500,
      raw: { errcode: -1, code: 'TOO_MANY', errMsg: 'login:fail' },
    });
    expect(encoder()({ failure, errCode: 'E1', timing: { code: 30_000 } })).toEqual({
      failure: {
        $failure: {
          kind: 'busy',
          message: 'busy',
          retryAfter: 500,
          raw: { errcode: -1, code: 'TOO_MANY', errMsg: 'login:fail' },
        },
      },
      errCode: 'E1',
      timing: { code: 30_000 },
    });
  });

  it('names what is told apart by identity, and says where another chart is', () => {
    const encode = encoder();
    const [one, other] = [{}, {}];
    expect([one, other, one].map((popup) => encode({ popup }))).toEqual([
      { popup: { $object: 'object#1' } },
      { popup: { $object: 'object#2' } },
      { popup: { $object: 'object#1' } },
    ]);
    const actor = createActor(createMachine({ initial: 'here', states: { here: { tags: 'busy' } } })).start();
    expect(encode({ actor, snapshot: actor.getSnapshot() })).toEqual({
      actor: { $actor: 'actor#1' },
      snapshot: { $snapshot: { value: 'here', status: 'active', tags: ['busy'] } },
    });
  });

  it('cuts what is too deep, too wide, too long, or without end, and says so', () => {
    const loop: { inside?: object; name: string } = { name: 'loop' };
    loop.inside = loop;
    const told = JSON.stringify(
      encoder()({ loop, wide: Array.from({ length: 1000 }, (_, at) => at), long: 'x'.repeat(9999) }),
    );
    expect(told.length).toBeLessThan(5000);
    expect(told.match(/\$cut/g)?.length).toBe(3);
  });

  it('cuts what is too much as a whole, however little each part of it is', () => {
    const wide = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`part${at}`, '值'.repeat(500)]));
    const bush = (depth: number): readonly unknown[] | number =>
      depth === 0 ? depth : Array.from({ length: 40 }, () => bush(depth - 1));
    for (const value of [wide, { bush: bush(4) }]) {
      const told = JSON.stringify(encoder()(value));
      expect(told.length).toBeLessThan(60_000);
      expect(told).toContain('$cut');
    }
    const encode = encoder();
    encode(wide);
    expect(encode({ note: 'the next event is told in full' })).toEqual({ note: 'the next event is told in full' });
  });
});
