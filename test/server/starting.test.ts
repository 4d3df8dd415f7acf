import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../server/database/open.js';
import { SCHEMA_VERSION } from '../../server/database/schema-version.js';
import { createServer } from '../../server/index.js';
import { rowsOf } from './support/database.js';
import { fakeOpenApi } from './support/open-api.js';
import { processesOfEachTest, settings } from './support/process.js';
import { type Body, newDatabase, type Servers, SIGN_IN, serversUnderTest, toRequest } from './support/server.js';

const openApi = fakeOpenApi();
const { running, start: startOne } = processesOfEachTest();
let api: Awaited<ReturnType<typeof openApi.listen>>;
let file: Awaited<ReturnType<typeof newDatabase>>;
let servers: Servers | undefined;

beforeAll(async () => {
  api = await openApi.listen();
  file = await newDatabase();
});
afterEach(async () => {
  await servers?.stop();
  servers = undefined;
});
afterAll(async () => {
  api.close();
  await file.remove();
});

function start(databaseUrl: string) {
  return startOne({ ...settings(databaseUrl, api.url), DATA_FOLDER: file.folder });
}

it('processes that start at once on an empty database make its tables once, and all of them serve', {
  timeout: 120_000,
}, async () => {
  const urls = await Promise.all(Array.from({ length: 6 }, () => start(file.url).listening()));
  const answers = await Promise.all(
    urls.map(async (url) => {
      const body = { code: openApi.codeFor({ openid: 'o-start' }) };
      const response = await fetch(toRequest(`${url}${SIGN_IN}`, { body }));
      const { user }: Body = await response.json();
      return [response.status, user.id];
    }),
  );
  const [, id] = answers[0] ?? [];
  expect(answers).toEqual(urls.map(() => [200, id]));
  const database = await openDatabase(file.url);
  expect(await rowsOf(database, 'select version from dengluSchemaVersion')).toEqual([{ version: SCHEMA_VERSION }]);
  await database.tables.destroy();
  for (const server of running) expect(server.output()).not.toContain('"level":50');
});

it('a server that finds its tables as they should be warns of nothing', async () => {
  servers = await serversUnderTest();
  await servers.start();
  expect(servers.logged().filter(({ level }) => Number(level) >= 40)).toEqual([]);
});

it('a process that is older than the tables says so in both languages, and ends with 1', {
  timeout: 60_000,
}, async () => {
  servers = await serversUnderTest();
  const { config, rows } = servers;
  await rows('update dengluSchemaVersion set version = ?', SCHEMA_VERSION + 1);
  const { code, errors, output } = await start(config.databaseUrl).ended();
  expect([code, output]).toEqual([1, '']);
  expect(errors.trim().split('\n')).toEqual([
    expect.stringMatching(/^The database is newer than this server: .+ Start a newer server\.$/),
    expect.stringMatching(/^数据库比此服务器新:.+$/),
  ]);
});

it('a process whose database refuses what it would change says why in both languages, and ends with 1', {
  timeout: 60_000,
}, async () => {
  const foreign = await newDatabase();
  const database = await openDatabase(foreign.url);
  await rowsOf(database, 'create table user (id integer not null, owner integer not null)');
  await rowsOf(database, 'insert into user (id, owner) values (1, 2)');
  await database.tables.destroy();
  const { code, errors } = await start(foreign.url).ended();
  expect(code).toBe(1);
  expect(errors.trim().split('\n')).toEqual([
    expect.stringMatching(/^The tables of DATABASE_URL cannot be brought up to date: .+$/),
    expect.stringMatching(/^无法更新 DATABASE_URL 的表:.+$/),
  ]);
  await foreign.remove();
});

it('goes on where a start that made some of the tables was cut off', { timeout: 60_000 }, async () => {
  servers = await serversUnderTest();
  const { config, rows, openApi, log, signIn } = servers;
  const { user } = (await signIn({ code: openApi.codeFor({ openid: 'o-kept' }) })).json;
  for (const table of ['dengluClaim', 'dengluSpentCode', 'dengluRateWindow', 'dengluSchemaVersion']) {
    await rows(`drop table ${table}`);
  }
  await rows('alter table user drop column city');
  const next = await createServer(config, { fetch: openApi.fetch, log });
  const again = await signIn({ code: openApi.codeFor({ openid: 'o-kept' }) }, next);
  expect([again.status, again.json.user.id]).toEqual([200, user.id]);
  expect(await rows('select city from user')).toEqual([{ city: null }]);
  await next.close();
});
