import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { avatarFolder } from '../../server/avatars/folder.js';
import type { AvatarStore, Server } from '../../server/index.js';
import { sealProfile, watermarkNow } from './support/open-api.js';
import { type Servers, serversUnderTest, USER } from './support/server.js';

const HOST_PROFILE = '/api/auth/denglu/wechat/profile';
const PROFILE = '/api/auth/denglu/profile';
const AVATAR = '/api/auth/denglu/avatar';

let servers: Servers;
let closed: Server;

beforeAll(async () => {
  servers = await serversUnderTest();
  closed = await servers.start({ profileUpdates: false });
});
afterAll(() => servers.stop());

async function told(asked: ReturnType<Servers['ask']>) {
  const { status, json } = await asked;
  return { status, code: json.code, user: json.user, avatarUrl: json.avatarUrl };
}

/** Somebody who signed in silently, and the session key of that. */
async function enter() {
  const account = { openid: `o-${randomUUID()}` };
  const { code, sessionKey } = servers.openApi.codeWithKey(account);
  const { token, user } = (await servers.signIn({ code })).json;
  return { account, sessionKey, token, user };
}

const BAND = { nickName: 'Band', avatarUrl: 'https://wx.qlogo.cn/band/0' };
const OTHER = { nickName: '小明', avatarUrl: 'https://wx.qlogo.cn/xm/0' };

const set = (token: string, body: object, server?: Server) => told(servers.ask(HOST_PROFILE, { token, body }, server));
const now = async (token: string) => (await servers.ask(USER, { token })).json.user;

describe('the profile that the host tells', () => {
  it('is written with a login code, whose session key is kept', async () => {
    const { account, token, user } = await enter();
    const { code, sessionKey } = servers.openApi.codeWithKey(account);
    const answer = await set(token, { ...sealProfile(sessionKey, BAND), code });
    expect([answer.status, answer.user]).toEqual([200, { ...user, nickname: 'Band', avatarUrl: BAND.avatarUrl }]);
    expect(await now(token)).toEqual(answer.user);
    expect((await set(token, sealProfile(sessionKey, OTHER))).status).toBe(200);
  });

  it('is written without a code, while the key in our tables is current', async () => {
    const { account, sessionKey, token } = await enter();
    const more = { openId: account.openid, watermark: watermarkNow() };
    expect((await set(token, sealProfile(sessionKey, BAND, more))).user.nickname).toBe('Band');
  });

  it('below base library 2.16.0 comes without a signature (W-06)', async () => {
    const { token } = await enter();
    expect((await set(token, { userInfo: BAND })).user).toMatchObject({ nickname: 'Band' });
    expect((await set(token, { userInfo: { nickName: '小明', avatarUrl: '' }, sync: 'overwrite' })).user).toMatchObject(
      {
        nickname: '小明',
        avatarUrl: BAND.avatarUrl,
      },
    );
  });

  it.each([
    ['overwrite', '小明', OTHER.avatarUrl],
    ['setnx', 'Band', OTHER.avatarUrl],
    [undefined, 'Band', OTHER.avatarUrl],
    [false, 'Band', null],
  ])('with sync %s, over a nickname without a picture', async (sync, nickname, avatarUrl) => {
    const { sessionKey, token } = await enter();
    await set(token, sealProfile(sessionKey, { nickName: 'Band' }));
    const body = { ...sealProfile(sessionKey, OTHER), ...(sync !== undefined && { sync }) };
    expect(await set(token, body)).toMatchObject({ status: 200, user: { nickname, avatarUrl } });
  });

  it.each<[string, (key: string, openid: string) => object, string]>([
    ['another text than was signed', (key) => ({ ...sealProfile(key, BAND), rawData: '{}' }), 'SIGNATURE_MISMATCH'],
    ['another session key', () => sealProfile(Buffer.alloc(16).toString('base64'), BAND), 'SIGNATURE_MISMATCH'],
    ['somebody else’s', (key) => sealProfile(key, BAND, { openId: 'o', watermark: watermarkNow() }), 'DECRYPT_FAILED'],
    ['no watermark', (key) => sealProfile(key, BAND, {}), 'DECRYPT_FAILED'],
    ['another app', (key) => sealProfile(key, BAND, { watermark: watermarkNow('wx') }), 'WATERMARK_REFUSED'],
    ['long ago', (key) => sealProfile(key, BAND, { watermark: watermarkNow(undefined, 3600) }), 'WATERMARK_REFUSED'],
    ['nobody', () => ({}), 'INVALID_REQUEST'],
    ['an odd sync', (key) => ({ ...sealProfile(key, BAND), sync: true }), 'INVALID_REQUEST'],
    [
      'a host that signed nothing that is signed',
      (key) => {
        const { signature: _, ...unsigned } = sealProfile(key, BAND);
        return { ...unsigned, userInfo: { nickName: 'Forged' }, sync: 'overwrite' };
      },
      'INVALID_REQUEST',
    ],
    ['a picture from elsewhere', () => ({ userInfo: { avatarUrl: 'https://elsewhere.invalid/a' } }), 'INVALID_REQUEST'],
    ['a script as a picture', () => ({ userInfo: { avatarUrl: 'javascript:alert(1)' } }), 'INVALID_REQUEST'],
  ])('of %s is refused, and nothing is written', async (_, body, code) => {
    const { account, sessionKey, token, user } = await enter();
    expect(await set(token, body(sessionKey, account.openid))).toMatchObject({ status: 400, code });
    expect(await now(token)).toEqual(user);
  });

  it.each(['nickName', 'country', 'avatarUrl'])(
    'without a signature is refused for U+0000 in its %s',
    async (field) => {
      const { token } = await enter();
      const userInfo = { ...BAND, [field]: `${field === 'avatarUrl' ? BAND.avatarUrl : 'a'}\u0000b` };
      expect(await set(token, { userInfo })).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    },
  );

  it('with a signature is kept without U+0000, which not every database can hold', async () => {
    const { sessionKey, token } = await enter();
    const shown = { nickName: 'Ba\u0000nd\u0000', avatarUrl: `${BAND.avatarUrl}\u0000`, country: '\u0000' };
    const answer = await set(token, sealProfile(sessionKey, shown));
    expect(answer).toMatchObject({ status: 200, user: { nickname: 'Band', avatarUrl: BAND.avatarUrl } });
  });

  it('with a login code of another user is ACCOUNT_CONFLICT', async () => {
    const { token, user } = await enter();
    const { account } = await enter();
    const { code, sessionKey } = servers.openApi.codeWithKey(account);
    expect(await set(token, { ...sealProfile(sessionKey, BAND), code })).toMatchObject({ code: 'ACCOUNT_CONFLICT' });
    expect(await now(token)).toEqual(user);
  });

  it('with a login code of another unionid than is known is ACCOUNT_CONFLICT', async () => {
    const { account, token } = await enter();
    await servers.signIn({ code: servers.openApi.codeFor({ ...account, unionid: 'u-first' }) });
    const user = await now(token);
    const { code, sessionKey } = servers.openApi.codeWithKey({ ...account, unionid: 'u-second' });
    expect(await set(token, { ...sealProfile(sessionKey, BAND), code })).toMatchObject({ code: 'ACCOUNT_CONFLICT' });
    expect(await now(token)).toEqual(user);
  });

  it('without a session key is SESSION_KEY_MISSING', async () => {
    const { sessionKey, token, user } = await enter();
    await servers.rows('delete from dengluIdentity where userId = ?', user.id);
    expect(await set(token, sealProfile(sessionKey, BAND))).toMatchObject({ status: 400, code: 'SESSION_KEY_MISSING' });
  });
});

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

const pictures: [string, Buffer][] = [
  ['image/png', png],
  ['image/jpeg', Buffer.from('ffd8ffe000104a46494600', 'hex')],
  ['image/gif', Buffer.from('GIF89a\x01\x00')],
  ['image/webp', Buffer.from('RIFF\x10\x00\x00\x00WEBPVP8 ')],
];

function form(bytes: Uint8Array | string, type = 'image/png', field = 'file'): FormData {
  const data = new FormData();
  data.append(field, new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], { type }), 'avatar.png');
  return data;
}

const upload = (token: string, body: unknown, server?: Server) => told(servers.ask(AVATAR, { token, body }, server));

describe('an uploaded picture', () => {
  it.each(pictures)('%s is kept, and may be read by everybody as what it is', async (type, bytes) => {
    const { token } = await enter();
    const { status, avatarUrl } = await upload(token, form(bytes, 'text/html'));
    expect(status).toBe(200);
    const response = await servers.server.fetch(new Request(avatarUrl));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });

  it.each([
    ['a page', '<html><script>alert(1)</script></html>'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['nothing', ''],
    ['half a PNG', '\x89PNG'],
    ['a RIFF of another kind', 'RIFF\x10\x00\x00\x00WAVEfmt '],
  ])('that is %s is AVATAR_REFUSED, whatever its type says', async (_, content) => {
    const { token } = await enter();
    expect(await upload(token, form(content))).toMatchObject({ status: 400, code: 'AVATAR_REFUSED' });
  });

  it('over two megabytes is AVATAR_TOO_LARGE, however much larger', async () => {
    const { token } = await enter();
    const sized = (size: number) => form(Buffer.concat([png, Buffer.alloc(size - png.length)]));
    const most = 2 * 1024 * 1024;
    expect((await upload(token, sized(most))).status).toBe(200);
    expect(await upload(token, sized(most + 1))).toMatchObject({ status: 413, code: 'AVATAR_TOO_LARGE' });
    expect(await upload(token, sized(2 * most))).toMatchObject({ status: 413, code: 'AVATAR_TOO_LARGE' });
  });

  it.each<[string, unknown]>([
    ['no form', { file: 'x' }],
    ['a form without the field', form(png, 'image/png', 'avatar')],
    ['an empty form', new FormData()],
    ['a broken form', 'not a form'],
  ])('that is %s is INVALID_REQUEST', async (_, body) => {
    const { token } = await enter();
    expect(await upload(token, body)).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  });

  it('wants a token', async () => {
    expect(await upload('gone.gone', form(png))).toMatchObject({ status: 401, code: 'TOKEN_REJECTED' });
  });

  it.each(['nothing.png', '..%2fauth.db', '%2e%2e%2fauth.db', `${randomUUID()}.png`, `${randomUUID()}.db`])(
    'that is not there is NOT_FOUND: %s',
    async (name) => {
      expect((await servers.ask(`/avatars/${name}`)).json.code).toBe('NOT_FOUND');
    },
  );

  it('is refused by a folder that cannot be made, and not tried without end', async () => {
    const { put } = avatarFolder('/proc/denglu/avatars', () => 'http://127.0.0.1/avatars');
    await expect(put({ bytes: png, type: 'image/png' })).rejects.toThrow('ENOENT');
  });

  it('may be kept elsewhere', async () => {
    const kept: string[] = [];
    const elsewhere: AvatarStore = {
      async put({ type, bytes }) {
        kept.push(`https://cdn.example/${bytes.length}/${type}`);
        return String(kept.at(-1));
      },
      has: async (url) => kept.includes(url),
    };
    const server = await servers.start({}, { avatars: elsewhere });
    const { token } = await enter();
    const { avatarUrl } = await upload(token, form(png), server);
    expect(avatarUrl).toBe(kept[0]);
    expect((await told(servers.ask(PROFILE, { token, body: { avatarUrl } }, server))).user.avatarUrl).toBe(avatarUrl);
  });
});

describe('a nickname and a picture of one’s own (W-11, W-12)', () => {
  const own = (token: string, body: object, server?: Server) => told(servers.ask(PROFILE, { token, body }, server));

  it('are written, as sync says', async () => {
    const { token, user } = await enter();
    const { avatarUrl } = await upload(token, form(png));
    const first = await own(token, { nickname: ' 小明 ', avatarUrl });
    expect([first.status, first.user]).toEqual([200, { ...user, nickname: '小明', avatarUrl }]);
    expect((await own(token, { nickname: 'Band' })).user.nickname).toBe('小明');
    expect((await own(token, { nickname: 'Band', sync: false })).user.nickname).toBe('小明');
    expect((await own(token, { nickname: 'Band', sync: 'overwrite' })).user.nickname).toBe('Band');
  });

  it.each([
    'https://elsewhere.invalid/avatars/a.png',
    `http://127.0.0.1/avatars/${randomUUID()}.png`,
    'wxfile://tmp/a.png',
  ])('with a picture that was not uploaded here is INVALID_REQUEST: %s', async (avatarUrl) => {
    const { token, user } = await enter();
    expect(await own(token, { nickname: 'Band', avatarUrl })).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect(await now(token)).toEqual(user);
  });

  it.each(['', '   ', 'x'.repeat(65), 'a\u0000b', 7])('with a nickname of %j is INVALID_REQUEST', async (nickname) => {
    const { token } = await enter();
    expect(await own(token, { nickname })).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  });
});

describe('where clients may not write profiles', () => {
  it('each way to do it is PROFILE_UPDATES_OFF, once signed in (616)', async () => {
    const { sessionKey, token, user } = await enter();
    const off = { status: 403, code: 'PROFILE_UPDATES_OFF' };
    expect(await set(token, sealProfile(sessionKey, BAND), closed)).toMatchObject(off);
    expect(await set(token, { userInfo: BAND }, closed)).toMatchObject(off);
    expect(await told(servers.ask(PROFILE, { token, body: { nickname: 'A' } }, closed))).toMatchObject(off);
    expect(await upload(token, form(png), closed)).toMatchObject(off);
    expect(await set('gone.gone', { userInfo: BAND }, closed)).toMatchObject({ code: 'TOKEN_REJECTED' });
    expect(await now(token)).toEqual(user);
  });

  it('the server itself still may tell where somebody lives, and what else hosts do not tell any more', async () => {
    const { token, user } = await enter();
    const rest = { gender: 1 as const, country: 'China', province: 'Guangdong', city: 'Huizhou', language: 'zh_CN' };
    expect(await closed.updateProfile(user.id, rest)).toEqual({ ...user, ...rest });
    const later = { gender: 2 as const, city: 'Guangzhou', language: 'en' };
    expect(await closed.updateProfile(user.id, later)).toMatchObject(rest);
    await closed.updateProfile(user.id, { ...later, sync: 'overwrite' });
    expect(await now(token)).toMatchObject({ gender: 2, city: 'Guangzhou', language: 'en' });
  });

  it('the server itself still may', async () => {
    const { token, user } = await enter();
    const profile = { nickname: 'Band', avatarUrl: 'https://cdn.example/a.png' };
    expect(await closed.updateProfile(user.id, profile)).toEqual({ ...user, ...profile });
    expect((await closed.updateProfile(user.id, { nickname: 'A' })).nickname).toBe('Band');
    expect((await closed.updateProfile(user.id, { nickname: 'A', sync: 'overwrite' })).nickname).toBe('A');
    expect((await now(token)).nickname).toBe('A');
    await expect(closed.updateProfile('nobody', profile)).rejects.toThrow('no such user');
  });
});
