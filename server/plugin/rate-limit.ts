import type { BetterAuthOptions, DBAdapter, Where } from 'better-auth';
import { getIP } from 'better-auth/api';
import { Refusal } from '../errors.js';
import type { RateWindow } from './schema.js';

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

type Store = Pick<DBAdapter, 'create' | 'findOne' | 'incrementOne' | 'deleteMany'>;

const PER_ADDRESS = 120;
const WINDOW = 60_000;

/**
 * Counts one request of a network address, as better-auth is set up to find it.
 *
 * @throws Refusal `RATE_LIMITED`
 */
export function countAddress(
  { adapter, options }: { adapter: Store; options: BetterAuthOptions },
  from: Request | Headers,
  { perAddress }: RateLimits,
): Promise<void> {
  const address = getIP(from, options) ?? 'unknown';
  return countRequest(adapter, `address ${address}`, perAddress ?? PER_ADDRESS);
}

/**
 * Counts one request under `key`, in windows of a minute.
 *
 * The counts are rows of the auth database, so that all processes of a server share them and a restart forgets none.
 * better-auth's own limiter is not used: it starts a new window only after a window without requests, so it ends up
 * refusing whoever calls steadily, however slowly; and it knows addresses only.
 *
 * @param store better-auth's adapter, outside any transaction
 * @param max how many requests one window may hold
 * @throws Refusal `RATE_LIMITED` with the seconds until the window ends
 */
export async function countRequest(store: Store, key: string, max: number): Promise<void> {
  while (!(await tryToCount(store, key, max))) {
    // Another process opened or renewed the window in between.
  }
}

async function tryToCount(store: Store, key: string, max: number): Promise<boolean> {
  const now = Date.now();
  const byKey = { field: 'key', value: key };
  const open = { field: 'endsAt', value: now, operator: 'gt' as const };
  const over = { field: 'endsAt', value: now, operator: 'lte' as const };
  const fresh = { count: 1, endsAt: now + WINDOW };

  const counted = await store.incrementOne({
    model: 'dengluRateWindow',
    where: [byKey, open, { field: 'count', value: max, operator: 'lt' }],
    increment: { count: 1 },
  });
  if (counted) return true;

  const window = await store.findOne<RateWindow>({ model: 'dengluRateWindow', where: [byKey] });
  if (!window) return openWindow(store, { key, ...fresh }, over);

  const left = Number(window.endsAt) - now;
  if (left > 0 && window.count >= max) throw new Refusal('RATE_LIMITED', { retryAfter: Math.ceil(left / 1000) });
  const renewed = await store.incrementOne({
    model: 'dengluRateWindow',
    where: [byKey, over],
    increment: {},
    set: fresh,
  });
  return renewed !== null;
}

/** Also sweeps out the windows that are over, so that the table holds a minute's keys and no more. */
async function openWindow(store: Store, data: RateWindow, over: Where): Promise<boolean> {
  try {
    await store.create({ model: 'dengluRateWindow', data });
  } catch (error) {
    const other = await store.findOne({ model: 'dengluRateWindow', where: [{ field: 'key', value: data.key }] });
    if (other) return false;
    throw error;
  }
  await store.deleteMany({ model: 'dengluRateWindow', where: [over] });
  return true;
}
