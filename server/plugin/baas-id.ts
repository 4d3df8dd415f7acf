import { randomInt } from 'node:crypto';
import { getCurrentAdapter } from '@better-auth/core/context';
import type { AuthContext } from 'better-auth';
import type { DengluUser } from './schema.js';

/** Most that `randomInt` gives; it is far below what JSON's numbers hold without loss. */
const END = 2 ** 48 - 1;

/**
 * An id as the BaaS auth API knows users: a whole number. It is drawn, so that nobody reads from it how many users there
 * are, and two processes need not agree on the next one. The column is unique.
 */
export function newBaasId(): number {
  return randomInt(1, END);
}

/** The number of a row. Some databases answer large numbers as text. */
export function toBaasId({ baasId }: Pick<DengluUser, 'baasId'>): number | null {
  return baasId === null || baasId === undefined ? null : Number(baasId);
}

/**
 * The number of a user, who gets it here if they were made before there were numbers. Of two at once, the first one's
 * stays.
 */
export async function baasIdOf(context: AuthContext, user: DengluUser): Promise<number> {
  const known = toBaasId(user);
  if (known !== null) return known;
  const store = await getCurrentAdapter(context.adapter);
  const itself = { field: 'id', value: user.id };
  await store.updateMany({
    model: 'user',
    where: [itself, { field: 'baasId', value: null }],
    update: { baasId: newBaasId() },
  });
  const row = await store.findOne<DengluUser>({ model: 'user', where: [itself] });
  const given = row && toBaasId(row);
  if (!given) throw new Error('The user is gone.');
  return given;
}
