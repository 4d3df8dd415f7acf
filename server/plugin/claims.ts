import type { DBTransactionAdapter } from 'better-auth';
import type { Claim } from './schema.js';

const model = 'dengluClaim';

/**
 * Goes alone with others that claim the same, until the transaction ends: for what no unique column guards, because it has
 * no row yet. Whoever comes second waits, and has to look again.
 *
 * The row is gone before anybody sees it. What makes others wait is that its key is unique.
 *
 * @param store the transaction's
 * @param key what is claimed
 */
export async function claim(store: Pick<DBTransactionAdapter, 'create' | 'deleteMany'>, key: string): Promise<void> {
  const data: Claim = { key };
  await store.create({ model, data });
  await store.deleteMany({ model, where: [{ field: 'key', value: key }] });
}
