import { readFile } from 'node:fs/promises';
import { createClient } from '@libsql/client';
import { expect, it } from 'vitest';
import { serversUnderTest, temporaryDatabase } from './support/server.js';

it('the tables of a server before phones and names are brought up to date, and keep their users', async () => {
  const servers = await serversUnderTest();
  const { url: databaseUrl, remove } = temporaryDatabase();
  const database = createClient({ url: databaseUrl });
  await database.executeMultiple(await readFile(new URL('./data/tables-of-issue-2.sql', import.meta.url), 'utf8'));
  const [user] = (await database.execute('select id from user')).rows;

  const server = await servers.start({ databaseUrl });
  const phone = servers.newPhone();
  const ask = async (path: string, body: object) =>
    (await servers.ask(`/api/auth/denglu/${path}`, { body }, server)).json;
  const account = { openid: 'o-of-old', unionid: 'u-of-old' };
  const entered = await servers.signIn({ code: servers.openApi.codeFor(account), createUser: false }, server);
  expect(entered.json.user).toMatchObject({ id: user?.id, ...account, phone: null });
  const code = servers.openApi.codeFor(account);
  const proved = await ask('wechat/phone-sign-in', { code, phoneCode: servers.openApi.phoneCodeFor(phone) });
  expect(proved.user).toMatchObject({ id: user?.id, phone, phoneVerified: true });

  const token = entered.json.token;
  const userInfo = { nickName: '小明', gender: 2, country: 'China', city: 'Huizhou' };
  const told = await servers.ask('/api/auth/denglu/wechat/profile', { token, body: { userInfo } }, server);
  expect(told.json.user).toMatchObject({
    nickname: '小明',
    gender: 2,
    country: 'China',
    province: null,
    city: 'Huizhou',
  });

  const double = database.execute({
    sql: `insert into user (id, name, email, emailVerified, createdAt, updatedAt, phoneNumber)
      select ?, name, ?, emailVerified, createdAt, updatedAt, phoneNumber from user`,
    args: ['u2', 'u2@example.test'],
  });
  await expect(double).rejects.toThrow('UNIQUE');
  database.close();
  remove();
  await servers.stop();
});
