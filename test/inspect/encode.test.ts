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
