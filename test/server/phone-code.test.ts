import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wechat } from '../../server/hosts/wechat.js';
import { answers, breaks, hangs, type Treatment } from './support/open-api.js';
import { APP_ID, type Servers, serversUnderTest, wechatApp } from './support/server.js';

let servers: Servers;

beforeEach(async () => {
  servers = await serversUnderTest({ wechat: { ...wechatApp(APP_ID), timeout: 30 } });
});
afterEach(async () => {
  vi.useRealTimers();
  await servers.stop();
});

async function signIn(phoneCode: string, server = servers.server) {
  const body = { code: servers.openApi.codeFor({ openid: `o-${randomUUID()}` }), phoneCode };
  const answer = await servers.ask('/api/auth/denglu/wechat/phone-sign-in', { body }, server);
  const { code, retryAfter } = answer.json;
  return { status: answer.status, code, retryAfter };
}

const fresh = () => servers.openApi.phoneCodeFor(servers.newPhone());

describe('a phone code (S-03)', () => {
  it('that nobody issued is PHONE_CODE_INVALID (40029), and nothing is written', async () => {
    expect(await signIn('no-such-code')).toMatchObject({ status: 400, code: 'PHONE_CODE_INVALID' });
    expect(await servers.count('user')).toBe(0);
  });

  it('is spent once, on our side too: the host is asked once (G-01)', async () => {
    const phoneCode = fresh();
    const outcomes = await Promise.all([signIn(phoneCode), signIn(phoneCode, await servers.start())]);
    expect(outcomes.map(({ code, status }) => code ?? status).sort()).toEqual([200, 'PHONE_CODE_INVALID']);
    expect(servers.openApi.codesSeen.filter((seen) => seen === phoneCode)).toHaveLength(1);
  });

  it.each([
    [-1, 503, 'HOST_BUSY', 1],
    [40163, 400, 'PHONE_CODE_INVALID', undefined],
    [61010, 400, 'PHONE_CODE_EXPIRED', undefined],
    [48001, 403, 'HOST_NOT_PERMITTED', undefined],
    [61007, 403, 'HOST_NOT_PERMITTED', undefined],
    [45011, 429, 'RATE_LIMITED', 60],
    [99999, 502, 'HOST_UNAVAILABLE', undefined],
  ])('for which the host answers %i is refused with %i %s', async (errcode, status, code, retryAfter) => {
    const phoneCode = servers.openApi.phoneCodeTreated(answers({ errcode, errmsg: 'rid: 1' }));
    expect(await signIn(phoneCode)).toEqual({ status, code, retryAfter });
    expect(await servers.count('user')).toBe(0);
  });

  const nonsense: [string, Treatment][] = [
    ['nothing', answers('')],
    ['a page', answers('<html>')],
    ['no number', answers({ errcode: 0 })],
    ['half a number', answers({ errcode: 0, phone_info: { phoneNumber: '1' } })],
    ['an error page', answers({}, 500)],
  ];

  it.each(nonsense)('for which the host answers %s is HOST_UNAVAILABLE', async (_, treatment) => {
    const phoneCode = servers.openApi.phoneCodeTreated(treatment);
    expect(await signIn(phoneCode)).toMatchObject({ status: 502, code: 'HOST_UNAVAILABLE' });
  });

  it('for which the host is too slow is HOST_UNAVAILABLE: 504', async () => {
    expect(await signIn(servers.openApi.phoneCodeTreated(hangs))).toMatchObject({ status: 504 });
  });
});

describe('a login code', () => {
  it('is spent once, on our side too, whatever the host answered (G-01)', async () => {
    const code = servers.openApi.codeTreated(answers({ errcode: -1 }));
    expect((await servers.signIn({ code })).json.code).toBe('HOST_BUSY');
    expect((await servers.signIn({ code }, await servers.start())).json.code).toBe('CODE_USED');
    expect(servers.openApi.codesSeen.filter((seen) => seen === code)).toHaveLength(1);
  });

  it('is kept as a hash, for a quarter of an hour', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const code = servers.openApi.codeFor({ openid: 'o-1' });
    await servers.signIn({ code });
    const [first] = await servers.rows('select * from dengluSpentCode');
    expect(JSON.stringify(first)).not.toContain(code);
    vi.setSystemTime(Date.now() + 14 * 60_000);
    await servers.signIn({ code: servers.openApi.codeFor({ openid: 'o-1' }) });
    expect(await servers.rows('select * from dengluSpentCode')).toHaveLength(2);
    vi.setSystemTime(Date.now() + 2 * 60_000);
    await servers.signIn({ code: servers.openApi.codeFor({ openid: 'o-1' }) });
    expect(await servers.rows('select * from dengluSpentCode where hash = ?', String(first?.hash))).toEqual([]);
  });
});

describe('the access token (S-03)', () => {
  it('is asked for once by many, and kept', async () => {
    const host = wechat({ ...servers.config.wechat, fetch: servers.openApi.fetch });
    await Promise.all(Array.from({ length: 10 }, () => host.exchangePhoneCode(fresh())));
    await host.exchangePhoneCode(fresh());
    expect(servers.openApi.accessTokens).toHaveLength(1);
    const { appId: appid, appSecret: secret } = servers.config.wechat;
    expect(servers.openApi.tokenBodies).toEqual([{ grant_type: 'client_credential', appid, secret }]);
  });

  it('is asked for again before it ends', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await signIn(fresh());
    vi.setSystemTime(Date.now() + 6_899_000);
    await signIn(fresh());
    expect(servers.openApi.accessTokens).toHaveLength(1);
    vi.setSystemTime(Date.now() + 2000);
    expect((await signIn(fresh())).status).toBe(200);
    expect(servers.openApi.accessTokens).toHaveLength(2);
  });

  it('that the host has taken back is asked for again, once for all', async () => {
    const host = wechat({ ...servers.config.wechat, fetch: servers.openApi.fetch });
    await host.exchangePhoneCode(fresh());
    servers.openApi.accessTokens.push('access-of-somebody-else');
    await Promise.all(Array.from({ length: 10 }, () => host.exchangePhoneCode(fresh())));
    expect(servers.openApi.tokenBodies).toHaveLength(2);
  });

  it('that the host never takes is HOST_UNAVAILABLE: it is asked for once more, and no more', async () => {
    servers.openApi.treatTokens(answers({ access_token: 'nobody’s', expires_in: 7200 }));
    expect(await signIn(fresh())).toMatchObject({ status: 502, code: 'HOST_UNAVAILABLE' });
    expect(servers.openApi.tokenBodies).toHaveLength(2);
  });

  it.each<[string, Treatment, number, string]>([
    ['refuses the secret', answers({ errcode: 40125 }), 502, 'HOST_MISCONFIGURED'],
    ['is busy', answers({ errcode: -1 }), 503, 'HOST_BUSY'],
    ['answers nonsense', answers({ access_token: '' }), 502, 'HOST_UNAVAILABLE'],
    ['cannot be reached', breaks, 502, 'HOST_UNAVAILABLE'],
    ['is too slow', hangs, 504, 'HOST_UNAVAILABLE'],
  ])('that is not given, as the host %s, is not kept', async (_, treatment, status, code) => {
    servers.openApi.treatTokens(treatment);
    expect(await signIn(fresh())).toMatchObject({ status, code });
    servers.openApi.treatTokens();
    expect((await signIn(fresh())).status).toBe(200);
  });
});
