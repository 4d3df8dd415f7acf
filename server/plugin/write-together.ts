import { getCurrentAdapter, runWithTransaction } from '@better-auth/core/context';
import type { AuthContext, DBTransactionAdapter } from 'better-auth';
import { APIError } from 'better-auth/api';
import { Refusal } from '../errors.js';
import { isConflict, isUnavailable } from '../store-errors.js';

/** How often a transaction is tried again that the database ends for another one's sake. */
const CONFLICTS = 20;
/** The longest pause after the first conflict, in milliseconds. Each next one may be longer by as much. */
const PAUSE = 10;

/**
 * Does all that one request writes in one transaction.
 *
 * Where the database lets two transactions read before either writes, the loser fails, as on a unique column, and is
 * rolled back. How that looks depends on the database, so whatever failed is tried once more, and then finds what the winner
 * wrote. What the database itself calls a conflict is tried more often. Where a connection was lost, or whatever else went
 * wrong when all was written, it is never tried again: nobody knows whether the commit came through.
 *
 * @param work may run more than once
 * @throws what `work` throws
 */
export async function writeTogether<T>(
  context: AuthContext,
  work: (store: DBTransactionAdapter) => Promise<T>,
): Promise<T> {
  let conflicts = 0;
  let failures = 0;
  for (;;) {
    let isWritten = false;
    try {
      return await runWithTransaction(context.adapter, async () => {
        const done = await work(await getCurrentAdapter(context.adapter));
        isWritten = true;
        return done;
      });
    } catch (error) {
      if (error instanceof Refusal || error instanceof APIError || isUnavailable(error)) throw error;
      if (isWritten && !isConflict(error)) throw error;
      if (isConflict(error)) conflicts += 1;
      else failures += 1;
      if (failures > 1 || conflicts > CONFLICTS) throw error;
      if (conflicts > 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE * conflicts));
    }
  }
}
