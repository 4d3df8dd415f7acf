import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startCrowd } from './support/crowd.js';
import { lateLockDialect } from './support/late-lock.js';
import { mountedDenglu } from './support/mounted.js';
import { fakeOpenApi } from './support/open-api.js';
import {
  APP_ID,
  type Body,
  newDatabase,
  type Servers,
  SIGN_IN,
  serversUnderTest,
  temporaryDatabase,
  wechatApp,
} from './support/server.js';

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

describe('first sign-ins of one person at once', () => {
  let servers: Servers;

  beforeAll(async () => {
    servers = await serversUnderTest();
  });
  afterAll(() => servers.stop());

  it('a thousand make one user', { timeout: 360_000 }, async () => {
    const account = { openid: 'o-thousand', unionid: 'u-thousand' };
    const answers = await Promise.all(
      times(1000, (index) => servers.signIn({ code: servers.openApi.codeFor(account), withUnionId: index % 2 === 0 })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ json }) => json.user.id)).size).toBe(1);
    expect(new Set(answers.map(({ json }) => json.token)).size).toBe(1000);
    expect([await servers.count('user'), await servers.count('dengluIdentity')]).toEqual([1, 1]);
    expect(await servers.count('session')).toBe(1000);
  });

  it('two hundred over two servers on one file make one user', { timeout: 180_000 }, async () => {
    const other = await servers.start();
    const before = await servers.count('user');
    const answers = await Promise.all(
      times(200, (index) =>
        servers.signIn({ code: servers.openApi.codeFor({ openid: 'o-two' }) }, index % 2 ? other : servers.server),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ json }) => json.user.id)).size).toBe(1);
    expect(await servers.count('user')).toBe(before + 1);
  });

  it('five hundred over sockets make one user, though the host has two seconds for each', {
    timeout: 360_000,
  }, async () => {
    const crowd = await startCrowd();
    const wechat = { ...wechatApp(APP_ID), apiUrl: crowd.apiUrl, timeout: 2000 };
    const server = await servers.start({ wechat }, { fetch });
    const answers = await crowd.signIn(`${await server.listen()}${SIGN_IN}`, 500);
    crowd.end();
    expect(answers).toHaveLength(500);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.user?.id)).size).toBe(1);
    expect(new Set(answers.map(({ body }) => body.token)).size).toBe(500);
  });

  it('in two apps make one user with an identity in each, where the unionid is asked for', async () => {
    const other = await servers.start({ wechat: wechatApp('wxfedcba9876543210') });
    const person = (openid: string) => servers.openApi.codeFor({ openid, unionid: 'u-two-apps' });
    const answers = await Promise.all(
      times(20, (index) =>
        index % 2
          ? servers.signIn({ code: person('o-here'), withUnionId: true })
          : servers.signIn({ code: person('o-there'), withUnionId: true }, other),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ json }) => json.user.id)).size).toBe(1);
    expect(await servers.rows('select * from dengluIdentity where unionid = ?', 'u-two-apps')).toHaveLength(2);
  });

  it('a hundred people make a hundred users', { timeout: 180_000 }, async () => {
    const answers = await Promise.all(
      times(100, (index) => servers.signIn({ code: servers.openApi.codeFor({ openid: `o-many-${index}` }) })),
    );
    expect(new Set(answers.map(({ json }) => json.user.id)).size).toBe(100);
  });

  it('one code sent twice at once signs in once (G-01)', async () => {
    const code = servers.openApi.codeFor({ openid: 'o-twice' });
    const answers = await Promise.all([servers.signIn({ code }), servers.signIn({ code })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('four servers may start on one new file at once', async () => {
    const { url, remove } = await newDatabase();
    const started = await Promise.all(times(4, () => servers.start({ databaseUrl: url })));
    for (const server of started) await server.close();
    await remove();
  });
});

describe('a database that locks late', () => {
  const file = temporaryDatabase();
  const openApi = fakeOpenApi();
  let mounted: Awaited<ReturnType<typeof mountedDenglu>> | undefined;

  afterEach(() => mounted?.close());
  afterAll(file.remove);

  it('rolls back the losers’ users; they get the winner’s', async () => {
    const { dialect, rollbacks } = lateLockDialect(file.url, 20);
    mounted = await mountedDenglu({ type: 'sqlite', dialect }, openApi);
    const { signIn, rows } = mounted;
    const answers = await Promise.all(times(20, () => signIn({ openid: 'o-race' })));
    const bodies: Body[] = await Promise.all(answers.map((answer) => answer.json()));
    expect(rollbacks()).toBe(19);
    expect(answers.map(({ status }) => status)).toEqual(times(20, () => 200));
    expect(new Set(bodies.map(({ user }) => user.id)).size).toBe(1);
    expect([(await rows('user')).length, (await rows('dengluIdentity')).length]).toEqual([1, 1]);
  });

  it.each([
    ['one person', 'o-twin', 'o-twin', '+8613800000001', 1],
    ['two people', 'o-left', 'o-right', '+8613800000002', 2],
  ])('makes one user of %s who prove one number at once', async (_, one, other, phone, identities) => {
    const { dialect, rollbacks } = lateLockDialect(file.url, 2);
    mounted = await mountedDenglu({ type: 'sqlite', dialect }, openApi);
    const { ask, rows } = mounted;
    const before = (await rows('user')).length;
    const answers = await Promise.all(
      [one, other].map((openid) => {
        const body = { code: openApi.codeFor({ openid }), phoneCode: openApi.phoneCodeFor(phone) };
        return ask('/api/auth/denglu/wechat/phone-sign-in', { body });
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(rollbacks()).toBe(1);
    expect(await rows('user')).toHaveLength(before + 1);
    const [user] = (await rows('user')).filter(({ phoneNumber }) => phoneNumber === phone);
    expect((await rows('dengluIdentity')).filter(({ userId }) => userId === user?.id)).toHaveLength(identities);
    const ends = answers.map(async (answer) => (await answer.json()).user.id);
    expect(new Set(await Promise.all(ends))).toEqual(new Set([user?.id]));
  });

  it('keeps nothing of a sign-in that fails at its last step', async () => {
    const fail = async () => {
      throw new Error('the power went out');
    };
    const { dialect } = lateLockDialect(file.url, 1);
    mounted = await mountedDenglu({ type: 'sqlite', dialect }, openApi, {
      databaseHooks: { session: { create: { before: fail } } },
      onAPIError: { throw: true },
    });
    const { signIn, rows } = mounted;
    const written = async () => [await rows('user'), await rows('dengluIdentity'), await rows('session')];
    const before = await written();
    await expect(signIn({ openid: 'o-unlucky' })).rejects.toThrow('the power went out');
    expect(await written()).toEqual(before);
  });
});
