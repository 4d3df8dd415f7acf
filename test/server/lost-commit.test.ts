import type { Dialect } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dialectOf } from '../../server/database/open.js';
import { mountedDenglu } from './support/mounted.js';
import { fakeOpenApi } from './support/open-api.js';
import { withDriver } from './support/other-driver.js';
import { newDatabase } from './support/server.js';

const file = await newDatabase();
const opened = await dialectOf(file.url);
let isCut = false;
let mounted: Awaited<ReturnType<typeof mountedDenglu>>;

beforeAll(async () => {
  const before = async () => {
    isCut = true;
  };
  mounted = await mountedDenglu({ ...opened, dialect: withCuts(opened.dialect) }, fakeOpenApi(), {
    databaseHooks: { user: { create: { before } } },
  });
});
afterAll(async () => {
  await mounted.close();
  await file.remove();
});

/** A database whose commits come through, though the answers to those that are to be cut do not. */
const withCuts = (dialect: Dialect) =>
  withDriver(dialect, (driver) => ({
    async commitTransaction(connection) {
      await driver.commitTransaction(connection);
      if (!isCut) return;
      isCut = false;
      throw new TypeError('nobody knows this error');
    },
  }));

it('what was written is not written again, where only the answer to its commit was lost', async () => {
  const before = (await mounted.rows('user')).length;
  const lost = await mounted.ask('/api/auth/denglu/anonymous-sign-in', { body: {} });
  expect(lost.status).toBe(500);
  expect(await mounted.rows('user')).toHaveLength(before + 1);
});
