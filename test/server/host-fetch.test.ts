import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LOOPBACK } from '../../scripts/ports.mjs';
import { baiduApi } from '../../server/hosts/baidu-api.js';
import { wechat } from '../../server/hosts/wechat.js';

const SESSION = { openid: 'o-1', session_key: 'AAECAwQFBgcICQoLDA0ODw==' };
const PHONE = {
  phoneNumber: '13800138000',
  purePhoneNumber: '13800138000',
  countryCode: '86',
  watermark: { appid: 'wx0123456789abcdef', timestamp: Math.floor(Date.now() / 1000) },
};

/** What arrived at the host, and how it answers the next ones. */
let arrived: { method: string; url: string; type: string | undefined; agent: string | undefined; body: string }[];
let answer: (response: ServerResponse, request: IncomingMessage) => void;
let apiUrl: string;

const host = createServer(async (request, response) => {
  const { method = '', url = '', headers } = request;
  const body = await text(request);
  arrived.push({ method, url, type: headers['content-type'], agent: headers['user-agent'], body });
  answer(response, request);
});

beforeAll(async () => {
  host.listen(0, LOOPBACK);
  await once(host, 'listening');
  apiUrl = `http://${LOOPBACK}:${(host.address() as AddressInfo).port}`;
});
beforeEach(() => {
  arrived = [];
  answer = (response) => response.end(JSON.stringify(SESSION));
});
afterAll(() => {
  host.closeAllConnections();
  host.close();
});

describe.each([
  ['by default', {}],
  ['with the global fetch', { fetch }],
])('the open API over HTTP, %s,', (_, sends) => {
  const app = (more: object = {}) => ({ appId: PHONE.watermark.appid, appSecret: 's&', apiUrl, ...sends, ...more });
  const exchanged = (more?: object) =>
    wechat(app(more))
      .exchangeCode('a code')
      .catch((error: unknown) => error);

  it('is asked by an address, and answers (S-01)', async () => {
    expect(await exchanged()).toMatchObject({ openid: 'o-1', sessionKey: SESSION.session_key });
    const [asked] = arrived;
    const { pathname, searchParams } = new URL(asked?.url ?? '', apiUrl);
    expect([asked?.method, pathname, asked?.body]).toEqual(['GET', '/sns/jscode2session', '']);
    expect(Object.fromEntries(searchParams)).toMatchObject({ appid: app().appId, secret: 's&', js_code: 'a code' });
    expect(asked?.agent).toBeTruthy();
  });

  it('is posted JSON (S-03)', async () => {
    answer = (response, { url = '' }) => {
      const isToken = url.startsWith('/cgi-bin/stable_token');
      const told = isToken ? { access_token: 't', expires_in: 7200 } : { errcode: 0, errmsg: 'ok', phone_info: PHONE };
      response.end(JSON.stringify(told));
    };
    expect(await wechat(app()).exchangePhoneCode('a phone code')).toBe('+8613800138000');
    expect(arrived.map(({ method, type, body }) => [method, type, JSON.parse(body)])).toEqual([
      ['POST', 'application/json', { grant_type: 'client_credential', appid: app().appId, secret: 's&' }],
      ['POST', 'application/json', { code: 'a phone code' }],
    ]);
  });

  it('is posted a form (B-08)', async () => {
    const exchange = baiduApi({ appKey: 'k&', appSecret: 's+/=', apiUrl, ...sends });
    expect(await exchange('a+code')).toEqual({ openid: 'o-1', sessionKey: SESSION.session_key });
    const [asked] = arrived;
    expect([asked?.method, asked?.type]).toEqual(['POST', 'application/x-www-form-urlencoded']);
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      code: 'a+code',
      client_id: 'k&',
      sk: 's+/=',
    });
  });

  it('that redirects is not followed, as the secret would go along', async () => {
    answer = (response) => response.writeHead(302, { location: '/elsewhere' }).end();
    expect(await exchanged()).toMatchObject({ code: 'HOST_UNAVAILABLE', status: 502 });
    expect(arrived).toHaveLength(1);
  });

  it.each<[string, typeof answer]>([
    ['hangs up', (_response, { socket }) => socket.destroy()],
    ['hangs up in the middle', (response, { socket }) => response.write('{', () => socket.destroy())],
    ['answers HTTP 500', (response) => response.writeHead(500).end(JSON.stringify(SESSION))],
  ])('that %s is HOST_UNAVAILABLE', async (_case, treatment) => {
    answer = treatment;
    expect(await exchanged()).toMatchObject({ code: 'HOST_UNAVAILABLE', status: 502 });
  });

  it.each<[string, typeof answer]>([
    ['never answers', () => {}],
    ['begins to answer, and never ends', (response) => response.write('{"openid":')],
  ])('that %s is HOST_UNAVAILABLE in time', async (_case, treatment) => {
    answer = treatment;
    expect(await exchanged({ timeout: 30 })).toMatchObject({ code: 'HOST_UNAVAILABLE', status: 504 });
  });

  it('that nobody runs is HOST_UNAVAILABLE', async () => {
    // A port that was free is nobody's: the loopback refuses at once.
    const gone = createServer().listen(0, LOOPBACK);
    await once(gone, 'listening');
    const { port } = gone.address() as AddressInfo;
    gone.close();
    await once(gone, 'close');
    const outcome = await exchanged({ apiUrl: `http://${LOOPBACK}:${port}` });
    expect(outcome).toMatchObject({ code: 'HOST_UNAVAILABLE', status: 502 });
  });
});
