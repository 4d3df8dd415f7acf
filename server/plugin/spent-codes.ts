import { createHash } from 'node:crypto';
import type { DBAdapter } from 'better-auth';
import type { Host } from '../hosts/host.js';
import type { SpentCode } from './schema.js';

/** Longer than any host takes a code, in milliseconds (W-01, B-01). */
const KEPT = 15 * 60_000;

const model = 'dengluSpentCode';

/**
 * Marks a code as spent, for all processes on one database, before it is sent to the host (G-01). It stays spent whatever
 * the host answers: a retry always takes a fresh one.
 *
 * @param store better-auth's adapter, outside any transaction
 * @returns whether it was fresh
 */
export async function spendCode(store: DBAdapter, host: Host, kind: 'login' | 'phone', code: string): Promise<boolean> {
  const hash = createHash('sha256').update(`${host.name} ${host.appId} ${kind} ${code}`).digest('hex');
  const now = Date.now();
  const data: SpentCode = { hash, endsAt: now + KEPT };
  try {
    await store.create({ model, data });
  } catch (error) {
    if (await store.findOne({ model, where: [{ field: 'hash', value: hash }] })) return false;
    throw error;
  }
  await store.deleteMany({ model, where: [{ field: 'endsAt', value: now, operator: 'lte' }] });
  return true;
}
