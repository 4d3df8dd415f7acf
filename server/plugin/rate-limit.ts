import type { BetterAuthOptions } from 'better-auth';
import { getIP } from 'better-auth/api';
import { Refusal } from '../errors.js';
import type { StateStore } from './shared-state.js';
import { sharedState } from './state-beside.js';

/** How many requests are let through in a minute. */
export interface RateLimits {
  /** From one network address. Default 120: a mobile carrier puts many people behind one. */
  perAddress?: number;
  /** Sign-ins of one host account, and changes of one user. Default 60. */
  perAccount?: number;
  /** Tries of a password under one name, or of an SMS code for one number. Default 10. */
  perSecret?: number;
  /** Messages to one number or mailbox. Default 1. */
  perRecipient?: number;
}

const PER_ADDRESS = 120;

/**
 * Counts one request of a network address, as better-auth is set up to find it.
 *
 * @throws Refusal `RATE_LIMITED`
 */
export function countAddress(
  { adapter, options }: { adapter: StateStore; options: BetterAuthOptions },
  from: Request | Headers,
  { perAddress }: RateLimits,
): Promise<void> {
  const address = getIP(from, options) ?? 'unknown';
  return countRequest(adapter, `address ${address}`, perAddress ?? PER_ADDRESS);
}

/**
 * Counts one request under `key`, in windows of a minute.
 *
 * The counts are part of what all processes of a server share. better-auth's own limiter is not used: it starts a new window
 * only after a window without requests, so it ends up refusing whoever calls steadily, however slowly; and it knows
 * addresses only.
 *
 * @param store better-auth's adapter, outside any transaction
 * @param max how many requests one window may hold
 * @throws Refusal `RATE_LIMITED` with the seconds until the window ends
 */
export async function countRequest(store: StateStore, key: string, max: number): Promise<void> {
  const left = await sharedState(store).count(key, max);
  if (left !== undefined) throw new Refusal('RATE_LIMITED', { retryAfter: Math.ceil(left / 1000) });
}
