import { createClient } from '@libsql/client';
import { afterAll, expect, it } from 'vitest';
import { libsqlDialect } from '../../server/database/libsql.js';
import { baasIdOf } from '../../server/plugin/baas-id.js';
import { mountedDenglu } from './support/mounted.js';
import { fakeOpenApi } from './support/open-api.js';
import { temporaryDatabase } from './support/server.js';

const file = temporaryDatabase();
afterAll(file.remove);

it('two who read a user without a number before either wrote one give them the same number', async () => {
  const client = createClient({ url: file.url, concurrency: 1 });
  const mounted = await mountedDenglu(libsqlDialect(client), fakeOpenApi());
  const { user } = await (await mounted.signIn({ openid: 'o-1' })).json();
  expect(Number.isSafeInteger(user.baasId)).toBe(true);
  const context = await mounted.context;
  await context.internalAdapter.updateUser(user.id, { baasId: null });
  const read = await context.internalAdapter.findUserById(user.id);
  if (!read) throw new Error('The user is gone.');
  const first = await baasIdOf(context, read);
  expect([Number.isSafeInteger(first), await baasIdOf(context, read)]).toEqual([true, first]);
  await mounted.close();
});
