import { randomUUID } from 'node:crypto';
import { anonymous } from 'better-auth/plugins/anonymous';
import { bearer } from 'better-auth/plugins/bearer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialectOf } from '../../server/database/open.js';
import type { Server } from '../../server/index.js';
import { mountedDenglu } from './support/mounted.js';
import { phoneInfo, seal } from './support/open-api.js';
import { newDatabase, type Servers, serversUnderTest, USER, wechatApp } from './support/server.js';

const LINK = '/api/auth/denglu/wechat/link';

let servers: Servers;
let otherApp: Server;

beforeAll(async () => {
  servers = await serversUnderTest();
  otherApp = await servers.start({ wechat: wechatApp('wxfedcba9876543210') });
});
afterAll(() => servers.stop());

type Account = { openid: string; unionid?: string };

const somebody = () => ({ openid: `o-${randomUUID()}`, unionid: `u-${randomUUID()}` });

async function told(asked: ReturnType<Servers['ask']>) {
  const { status, text, json } = await asked;
  return { status, code: json.code, user: json.user, token: json.token, text };
}

const register = () =>
  told(
    servers.ask('/api/auth/denglu/register', {
      body: { username: `u${randomUUID().slice(0, 8)}`, password: servers.newPassword() },
    }),
  );

const enter = (account: Account, options: object = {}, server = servers.server) =>
  told(servers.signIn({ code: servers.openApi.codeFor(account), ...options }, server));

const link = (token: string, account: Account, options: object = {}, server = servers.server) =>
  told(servers.ask(LINK, { token, body: { code: servers.openApi.codeFor(account), ...options } }, server));

const identities = () => servers.rows('select host, appId, openid, unionid, userId from dengluIdentity');

describe('linking a host account (G-19)', () => {
  it('404 → register → link → the next silent login succeeds', async () => {
    const account = somebody();
    expect(await enter(account, { createUser: false })).toMatchObject({ status: 404, code: 'ACCOUNT_NOT_FOUND' });
    const { user, token } = await register();
    const linked = await link(token, account);
    expect([linked.status, JSON.parse(linked.text)]).toEqual([
      200,
      { user: { ...user, ...account }, status: 'linked' },
    ]);
    expect((await enter(account, { createUser: false })).user).toEqual(linked.user);
    expect((await servers.ask(USER, { token })).json.user).toEqual(linked.user);
  });

  it('again says that it is linked already, and renews the session key', async () => {
    const account = somebody();
    const { token } = await register();
    await link(token, account);
    const { code, sessionKey } = servers.openApi.codeWithKey(account);
    const again = await told(servers.ask(LINK, { token, body: { code } }));
    expect([again.status, JSON.parse(again.text).status]).toEqual([200, 'already-linked']);
    const body = seal(sessionKey, phoneInfo(servers.newPhone()));
    expect((await servers.ask('/api/auth/denglu/wechat/phone', { token, body })).status).toBe(200);
  });

  it('of another user is LINK_TAKEN, and nothing is written', async () => {
    const account = somebody();
    await enter(account);
    const { token } = await register();
    const before = await identities();
    expect(await link(token, account)).toMatchObject({ status: 400, code: 'LINK_TAKEN' });
    expect(await link(token, account, { overwrite: true })).toMatchObject({ status: 400, code: 'LINK_TAKEN' });
    expect(await identities()).toEqual(before);
  });

  it('beside another one is LINK_OCCUPIED, until overwrite lets the other one go', async () => {
    const [first, second] = [somebody(), somebody()];
    const { token, user } = await register();
    await link(token, first);
    expect(await link(token, second)).toMatchObject({ status: 400, code: 'LINK_OCCUPIED' });
    expect((await enter(second, { createUser: false })).code).toBe('ACCOUNT_NOT_FOUND');
    expect((await link(token, second, { overwrite: true })).user).toEqual({ ...user, ...second });
    expect((await enter(second)).user.id).toBe(user.id);
    expect((await enter(first, { createUser: false })).code).toBe('ACCOUNT_NOT_FOUND');
  });

  it('in another app of the same host is no matter', async () => {
    const { token, user } = await register();
    await link(token, somebody());
    const there = somebody();
    expect((await link(token, there, {}, otherApp)).status).toBe(200);
    expect((await enter(there, {}, otherApp)).user.id).toBe(user.id);
  });

  it('whose unionid another user has is LINK_TAKEN, where the unionid is asked for', async () => {
    const person = somebody();
    await enter(person);
    const there = { openid: `o-${randomUUID()}`, unionid: person.unionid };
    const { token } = await register();
    expect((await link(token, there, { withUnionId: true }, otherApp)).code).toBe('LINK_TAKEN');
    expect((await link(token, there, {}, otherApp)).status).toBe(200);
  });

  it.each([true, false])(
    'with another unionid than is known is ACCOUNT_CONFLICT, with withUnionId %s',
    async (withUnionId) => {
      const person = somebody();
      const { token } = await register();
      await link(token, person);
      const before = await identities();
      const changed = { ...person, unionid: `u-${randomUUID()}` };
      expect(await link(token, changed, { withUnionId })).toMatchObject({ status: 409, code: 'ACCOUNT_CONFLICT' });
      expect(await identities()).toEqual(before);
    },
  );

  it('without a unionid is UNIONID_MISSING, where it is asked for', async () => {
    const { token } = await register();
    const { openid } = somebody();
    expect(await link(token, { openid }, { withUnionId: true })).toMatchObject({
      status: 422,
      code: 'UNIONID_MISSING',
    });
  });

  it('to two users at once links it to one', async () => {
    const account = somebody();
    const tokens = [(await register()).token, (await register()).token];
    const answers = await Promise.all(tokens.map((token) => link(token, account)));
    expect(answers.map(({ status, code }) => code ?? status).sort()).toEqual([200, 'LINK_TAKEN']);
  });

  it('wants a token, and a fresh code', async () => {
    expect(await link('gone.gone', somebody())).toMatchObject({ status: 401, code: 'TOKEN_REJECTED' });
    const { token } = await register();
    const code = servers.openApi.codeFor(somebody());
    const twice = await Promise.all([1, 2].map(() => told(servers.ask(LINK, { token, body: { code } }))));
    expect(twice.map(({ status, code }) => code ?? status).sort()).toEqual([200, 'CODE_USED']);
    expect((await told(servers.ask(LINK, { token, body: {} }))).code).toBe('INVALID_REQUEST');
  });

  it('to an anonymous user is ANONYMOUS_MAY_NOT_LINK', async () => {
    const file = await newDatabase();
    const mounted = await mountedDenglu(dialectOf(file.url), servers.openApi, {
      plugins: [anonymous(), bearer({ requireSignature: true })],
    });
    const entered = await mounted.ask('/api/auth/sign-in/anonymous', { method: 'POST' });
    const token = entered.headers.get('set-auth-token') ?? '';
    const answer = await mounted.ask(LINK, { token, body: { code: servers.openApi.codeFor(somebody()) } });
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'ANONYMOUS_MAY_NOT_LINK' }]);
    await mounted.close();
    await file.remove();
  });
});
