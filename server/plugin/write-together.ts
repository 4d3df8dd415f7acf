import { getCurrentAdapter, runWithTransaction } from '@better-auth/core/context';
import type { AuthContext, DBTransactionAdapter } from 'better-auth';
import { APIError } from 'better-auth/api';
import { Refusal } from '../errors.js';

/**
 * Does all that one request writes in one transaction.
 *
 * Where the database lets two transactions read before either writes, the loser fails, as on a unique column, and is
 * rolled back. How that looks depends on the database, so whatever failed is tried once more, and then finds what the winner
 * wrote.
 *
 * @param work may run twice
 * @throws what `work` throws
 */
export async function writeTogether<T>(
  context: AuthContext,
  work: (store: DBTransactionAdapter) => Promise<T>,
): Promise<T> {
  const attempt = () => runWithTransaction(context.adapter, async () => work(await getCurrentAdapter(context.adapter)));
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof Refusal || error instanceof APIError) throw error;
    return attempt();
  }
}
