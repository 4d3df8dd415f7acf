import { createHash } from 'node:crypto';
import type { Host } from '../hosts/host.js';
import type { StateStore } from './shared-state.js';
import { sharedState } from './state-beside.js';

/** Longer than any host takes a code, in milliseconds (W-01, B-01). */
const KEPT = 15 * 60_000;

/**
 * Marks a code as spent, for all processes of a server, before it is sent to the host (G-01). It stays spent whatever the
 * host answers: a retry always takes a fresh one.
 *
 * @param store better-auth's adapter, outside any transaction
 * @returns whether it was fresh
 */
export function spendCode(store: StateStore, host: Host, kind: 'login' | 'phone', code: string): Promise<boolean> {
  const hash = createHash('sha256').update(`${host.name} ${host.appId} ${kind} ${code}`).digest('hex');
  return sharedState(store).spend(hash, KEPT);
}
