import { afterAll, beforeAll, expect, it } from 'vitest';
import { NewerDatabaseError, SCHEMA_VERSION } from '../../server/database/schema-version.js';
import { StartError } from '../../server/index.js';
import { type Servers, serversUnderTest } from './support/server.js';

let servers: Servers;

beforeAll(async () => {
  servers = await serversUnderTest();
});
afterAll(() => servers.stop());

const versions = async () =>
  (await servers.rows('select version from dengluSchemaVersion')).map(({ version }) => version);

it('the database knows which tables it has, however many servers start on it', async () => {
  await Promise.all([servers.start(), servers.start(), servers.start()]);
  expect(await versions()).toEqual([SCHEMA_VERSION]);
});

it('a server refuses a database whose tables a newer one has changed, by name and in both languages, and leaves it as it is', async () => {
  await servers.rows('update dengluSchemaVersion set version = ?', SCHEMA_VERSION + 1);
  const refusal: unknown = await servers.start().catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(StartError);
  expect(refusal).toBeInstanceOf(NewerDatabaseError);
  expect(refusal).toMatchObject({
    name: 'NewerDatabaseError',
    databaseVersion: SCHEMA_VERSION + 1,
    serverVersion: SCHEMA_VERSION,
    message: expect.stringMatching(/newer than this server.+\n.*比此服务器新/),
  });
  expect(await versions()).toEqual([SCHEMA_VERSION + 1]);
});
