import { afterAll, expect, it } from 'vitest';
import { dialectOf } from '../../server/database/open.js';
import { baasIdOf } from '../../server/plugin/baas-id.js';
import { mountedDenglu } from './support/mounted.js';
import { fakeOpenApi } from './support/open-api.js';
import { newDatabase } from './support/server.js';

const file = await newDatabase();
afterAll(file.remove);

it('two who read a user without a number before either wrote one give them the same number', async () => {
  const mounted = await mountedDenglu(dialectOf(file.url), fakeOpenApi());
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
