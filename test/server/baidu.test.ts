import { randomUUID } from 'node:crypto';
import { BetterAuthError } from 'better-auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denglu } from '../../server/index.js';
import { memoryServer, realServer, type TwoHosts, twoHosts } from './support/two-hosts.js';

const PASSWORD = 'correct horse battery';

describe.each([
  ['the real server', realServer],
  ['the memory server', memoryServer],
])('%s of an app on Baidu and on WeChat', (_, start) => {
  let hosts: TwoHosts;
  beforeAll(async () => {
    hosts = await twoHosts(start);
  });
  afterAll(() => hosts.stop());

  const register = async () => {
    const { json } = await hosts.ask('register', {
      body: { username: `u${randomUUID().slice(0, 8)}`, password: PASSWORD },
    });
    return json;
  };

  describe('signing in by Baidu (B-08)', () => {
    it('makes a user once, and tells them by their openid', async () => {
      const person = hosts.newPerson();
      const [first, second] = [
        await hosts.enterByBaidu(person),
        await hosts.enterByBaidu(person, { createUser: false }),
      ];
      expect(first).toMatchObject({ status: 200, json: { token: expect.any(String), user: { unionid: null } } });
      expect(second.json.user).toEqual(first.json.user);
      const { json } = await hosts.ask('user', { token: second.json.token });
      expect(json.user.openid).toBe(first.json.user.openid);
    });

    it('is 404 where nobody was to be made; register → link → silent then works (G-18)', async () => {
      const person = hosts.newPerson();
      expect(await hosts.enterByBaidu(person, { createUser: false })).toMatchObject({
        status: 404,
        json: { code: 'ACCOUNT_NOT_FOUND', baasCode: 404 },
      });
      const { token, user } = await register();
      const code = await hosts.baiduCode(person);
      const linked = await hosts.ask('baidu/link', { body: { code }, token });
      expect(linked.json).toMatchObject({ status: 'linked', user: { id: user.id, openid: expect.any(String) } });
      expect((await hosts.enterByBaidu(person, { createUser: false })).json.user.id).toBe(user.id);
    });

    it('G-01: takes a code once, and none that is unknown', async () => {
      const code = await hosts.baiduCode(hosts.newPerson());
      await hosts.ask('baidu/sign-in', { body: { code } });
      expect((await hosts.ask('baidu/sign-in', { body: { code } })).json.code).toBe('CODE_USED');
      expect((await hosts.ask('baidu/sign-in', { body: { code: 'unknown' } })).json.code).toBe('CODE_INVALID');
    });

    it('G-01: knows a code for used that the host has taken elsewhere', async () => {
      const code = await hosts.baiduCode(hosts.newPerson());
      const form = new URLSearchParams({ code, client_id: hosts.appKey, sk: 'baidu-secret' });
      await hosts.world.fetch('https://elsewhere.test/oauth/jscode2sessionkey', { method: 'POST', body: form });
      expect((await hosts.ask('baidu/sign-in', { body: { code } })).json.code).toBe('CODE_USED');
    });

    it.each(['empty', 'nonsense', 'down', 'lost'] as const)(
      'is HOST_UNAVAILABLE where Baidu is out of order: %s',
      async (fault) => {
        hosts.world.baidu.openApi.fail(fault);
        const person = hosts.newPerson();
        expect((await hosts.enterByBaidu(person)).json.code).toBe('HOST_UNAVAILABLE');
        expect((await hosts.enterByBaidu(person)).status).toBe(200);
      },
    );

    it('knows no unionid', async () => {
      const { json } = await hosts.enterByBaidu(hosts.newPerson(), { withUnionId: true });
      expect(json.code).toBe('UNIONID_MISSING');
    });

    it('keeps the codes of the hosts apart', async () => {
      const person = hosts.newPerson();
      const code = await hosts.wechatCode(person);
      expect((await hosts.ask('baidu/sign-in', { body: { code } })).json.code).toBe('CODE_INVALID');
      expect((await hosts.ask('wechat/sign-in', { body: { code } })).status).toBe(200);
    });
  });

  describe('one user on both hosts', () => {
    async function onBoth() {
      const person = hosts.newPerson();
      const { json } = await hosts.enterByWechat(person);
      const code = await hosts.baiduCode(person);
      const linked = await hosts.ask('baidu/link', { body: { code }, token: json.token });
      return { person, user: json.user, token: json.token, linked };
    }

    it('signs in from either, and is told by the account of that host', async () => {
      const { person, user, linked } = await onBoth();
      expect(linked.json).toMatchObject({ status: 'linked', user: { id: user.id } });
      const [there, here] = [await hosts.enterByWechat(person), await hosts.enterByBaidu(person)];
      expect([there.json.user.id, here.json.user.id]).toEqual([user.id, user.id]);
      expect(there.json.user.openid).toBe(user.openid);
      expect(here.json.user.openid).toBe(linked.json.user.openid);
      expect(here.json.user.openid).not.toBe(user.openid);
      for (const { token, user: seen } of [there.json, here.json]) {
        expect((await hosts.ask('user', { token })).json.user.openid).toBe(seen.openid);
      }
    });

    it('has one account of each host; another of the same gives way only where it is asked to (G-19)', async () => {
      const { person, user, token } = await onBoth();
      const other = hosts.newPerson();
      const again = await hosts.ask('baidu/link', { body: { code: await hosts.baiduCode(person) }, token });
      expect(again.json.status).toBe('already-linked');
      const occupied = await hosts.ask('baidu/link', { body: { code: await hosts.baiduCode(other) }, token });
      expect(occupied.json.code).toBe('LINK_OCCUPIED');
      const body = { code: await hosts.baiduCode(other), overwrite: true };
      expect((await hosts.ask('baidu/link', { body, token })).json.status).toBe('linked');
      expect((await hosts.enterByBaidu(other)).json.user.id).toBe(user.id);
      expect((await hosts.enterByWechat(person)).json.user.id).toBe(user.id);
      expect((await hosts.enterByBaidu(person, { createUser: false })).status).toBe(404);
    });

    it('does not take the account of somebody else (G-19)', async () => {
      const { token } = await onBoth();
      const other = hosts.newPerson();
      await hosts.enterByBaidu(other);
      const taken = await hosts.ask('baidu/link', { body: { code: await hosts.baiduCode(other) }, token });
      expect(taken.json.code).toBe('LINK_TAKEN');
    });

    it('is found by the number that was proved on the other host', async () => {
      const person = hosts.newPerson();
      const { json } = await hosts.enterByWechat(person);
      const phoneCode = (
        await hosts.world.wechat.givePhone({ appId: hosts.appKey, personId: person.id }, 'getPhoneNumber')
      ).code;
      await hosts.ask('wechat/phone', { body: { phoneCode }, token: json.token });
      const code = await hosts.baiduCode(person);
      const body = { code, ...(await hosts.baiduPhone(person)) };
      const here = await hosts.ask('baidu/phone-sign-in', { body });
      expect(here.json.user).toMatchObject({
        id: json.user.id,
        phone: `+86${person.phoneNumber}`,
        phoneVerified: true,
      });
    });
  });

  describe('a phone number (B-06)', () => {
    it('signs in with the code that was taken before the sheet', async () => {
      const person = hosts.newPerson();
      const code = await hosts.baiduCode(person);
      const body = { code, ...(await hosts.baiduPhone(person)) };
      const { json } = await hosts.ask('baidu/phone-sign-in', { body });
      expect(json.user).toMatchObject({ phone: `+86${person.phoneNumber}`, phoneVerified: true });
    });

    it('is set by the key that the server holds, and refused once another code has replaced it (G-03)', async () => {
      const person = hosts.newPerson();
      const { json } = await hosts.enterByBaidu(person);
      const good = await hosts.baiduPhone(person);
      await hosts.baiduCode(person);
      const stale = await hosts.baiduPhone(person);
      const refused = await hosts.ask('baidu/phone', { body: stale, token: json.token });
      expect(refused).toMatchObject({ status: 400, json: { code: 'DECRYPT_FAILED', baasCode: 400 } });
      const set = await hosts.ask('baidu/phone', { body: good, token: json.token });
      expect(set.json.user.phone).toBe(`+86${person.phoneNumber}`);
      const code = await hosts.baiduCode(person);
      const proved = await hosts.ask('baidu/phone', {
        body: { ...(await hosts.baiduPhone(person)), code },
        token: json.token,
      });
      expect(proved.status).toBe(200);
    });

    it('is not opened with a key of the other host', async () => {
      const person = hosts.newPerson();
      const { json } = await hosts.enterByWechat(person);
      await hosts.baiduCode(person);
      const { json: refused } = await hosts.ask('baidu/phone', {
        body: await hosts.baiduPhone(person),
        token: json.token,
      });
      expect(refused.code).toBe('SESSION_KEY_MISSING');
    });

    it('does not replace another where it was not to (G-20)', async () => {
      const person = hosts.newPerson();
      const { json } = await hosts.enterByBaidu(person);
      await hosts.ask('account', { method: 'PUT', body: { phone: '13900000001' }, token: json.token });
      const body = { ...(await hosts.baiduPhone(person)), overwrite: false };
      expect((await hosts.ask('baidu/phone', { body, token: json.token })).json.code).toBe('PHONE_ALREADY_SET');
    });

    it('comes by no code of its own', async () => {
      const { json } = await hosts.enterByBaidu(hosts.newPerson());
      const { json: refused } = await hosts.ask('baidu/phone', {
        body: { phoneCode: 'a-phone-code' },
        token: json.token,
      });
      expect(refused.code).toBe('INVALID_REQUEST');
    });

    it('is refused in the same words, wherever it was damaged', async () => {
      const person = hosts.newPerson();
      const { json } = await hosts.enterByBaidu(person);
      const { encryptedData, iv } = await hosts.baiduPhone(person);
      const bytes = Buffer.from(encryptedData, 'base64');
      const told = new Set<string>();
      for (const at of [0, 16, 32, bytes.length - 33, bytes.length - 17, bytes.length - 1]) {
        const damaged = Buffer.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ 1;
        const body = { encryptedData: damaged.toString('base64'), iv };
        const answer = await hosts.ask('baidu/phone', { body, token: json.token });
        told.add(JSON.stringify([answer.status, answer.json]));
      }
      const short = { encryptedData: bytes.subarray(0, -32).toString('base64'), iv };
      const cut = await hosts.ask('baidu/phone', { body: short, token: json.token });
      told.add(JSON.stringify([cut.status, cut.json]));
      expect([...told]).toEqual([expect.stringContaining('DECRYPT_FAILED')]);
    });
  });

  describe('a profile (B-05)', () => {
    const send = async (person: Parameters<TwoHosts['baiduCode']>[0], token: string, more: object) => {
      const code = await hosts.baiduCode(person);
      const body = { ...(await hosts.baiduProfile(person)), code, ...more };
      return hosts.ask('baidu/profile', { body, token });
    };

    it.each([
      ['overwrite', '小明'],
      ['setnx', 'before'],
      [false, 'before'],
    ] as const)('is kept as sync %s says', async (sync, nickname) => {
      const person = hosts.newPerson();
      const { json } = await hosts.enterByBaidu(person);
      await hosts.ask('profile', { body: { nickname: 'before' }, token: json.token });
      const { json: kept } = await send(person, json.token, { sync });
      const avatarUrl = sync === false ? null : person.avatarUrl;
      expect(kept.user).toMatchObject({ id: json.user.id, nickname, avatarUrl });
    });

    it('is kept by the key that the server holds, and by setnx where nothing is said', async () => {
      const person = hosts.newPerson();
      const { json } = await hosts.enterByBaidu(person);
      const { json: kept } = await hosts.ask('baidu/profile', {
        body: await hosts.baiduProfile(person),
        token: json.token,
      });
      expect(kept.user).toMatchObject({ nickname: '小明', avatarUrl: person.avatarUrl });
    });

    it('is taken from nobody else', async () => {
      const [person, other] = [hosts.newPerson(), hosts.newPerson()];
      const { json } = await hosts.enterByBaidu(person);
      await hosts.enterByBaidu(other);
      expect((await send(other, json.token, {})).json.code).toBe('ACCOUNT_CONFLICT');
      const body = await hosts.baiduProfile(other);
      expect((await hosts.ask('baidu/profile', { body, token: json.token })).json.code).toBe('DECRYPT_FAILED');
    });

    it.each([
      [{ userInfo: { nickName: '小明' } }],
      [{ userInfo: { nickName: '小明' }, encryptedData: 'x', iv: 'x' }],
      [{ rawData: '{}', signature: 'x', encryptedData: 'x', iv: 'x' }],
      [{ encryptedData: 'x' }],
      [{}],
    ])('is taken with its seal alone: not %o', async (body) => {
      const { json } = await hosts.enterByBaidu(hosts.newPerson());
      expect((await hosts.ask('baidu/profile', { body, token: json.token })).json.code).toBe('INVALID_REQUEST');
    });

    it('sealed as Baidu does is none for WeChat', async () => {
      const person = hosts.newPerson();
      const { json } = await hosts.enterByWechat(person);
      const body = await hosts.baiduProfile(person);
      expect((await hosts.ask('wechat/profile', { body, token: json.token })).json.code).toBe('INVALID_REQUEST');
    });
  });
});

describe.each([
  ['the real server', realServer],
  ['the memory server', memoryServer],
])('%s of an app on Baidu alone', (_, start) => {
  it('has no address for WeChat', async () => {
    const hosts = await twoHosts(start, false);
    const person = hosts.newPerson();
    expect((await hosts.enterByBaidu(person)).status).toBe(200);
    expect(await hosts.enterByWechat(person)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    await hosts.stop();
  });
});

it('denglu does not start without a host', () => {
  expect(() => denglu({})).toThrow(BetterAuthError);
});
