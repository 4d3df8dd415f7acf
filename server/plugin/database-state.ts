import { randomUUID } from 'node:crypto';
import type { Where } from 'better-auth';
import { isUnavailable } from '../store-errors.js';
import type { HostToken, RateWindow, SpentCode } from './schema.js';
import { type SharedState, type StateStore, WINDOW } from './shared-state.js';

const windows = 'dengluRateWindow';
const spentCodes = 'dengluSpentCode';
const hostTokens = 'dengluHostToken';

const is = (field: string, value: string | number): Where => ({ field, value });
const since = (field: string, value: number): Where => ({ field, value, operator: 'lte' });
const after = (field: string, value: number): Where => ({ field, value, operator: 'gt' });

/**
 * The shared state as rows of the auth database.
 *
 * @param store better-auth's adapter, outside any transaction
 */
export function databaseState(store: StateStore): SharedState {
  /** @returns whether there is a row now, and it is ours; another process may have been faster */
  async function isFirst(model: string, where: Where, data: object): Promise<boolean> {
    try {
      await store.create({ model, data: { ...data } });
      return true;
    } catch (error) {
      // It may have come through all the same, and then the row is ours.
      if (isUnavailable(error)) throw error;
      if (await store.findOne({ model, where: [where] })) return false;
      throw error;
    }
  }

  /** Also sweeps out the windows that are over, so that the table holds a minute's keys and no more. */
  async function openWindow(key: string, now: number): Promise<boolean> {
    const data: RateWindow = { key, count: 1, endsAt: now + WINDOW };
    if (!(await isFirst(windows, is('key', key), data))) return false;
    await store.deleteMany({ model: windows, where: [since('endsAt', now)] });
    return true;
  }

  /** @returns as {@link SharedState.count}; null where another process opened or renewed the window in between */
  async function tryToCount(key: string, max: number): Promise<number | undefined | null> {
    const now = Date.now();
    const counted = await store.incrementOne({
      model: windows,
      where: [is('key', key), after('endsAt', now), { field: 'count', value: max, operator: 'lt' }],
      increment: { count: 1 },
    });
    if (counted) return undefined;

    const window = await store.findOne<RateWindow>({ model: windows, where: [is('key', key)] });
    if (!window) return (await openWindow(key, now)) ? undefined : null;

    const left = Number(window.endsAt) - now;
    if (left > 0 && window.count >= max) return left;
    const renewed = await store.incrementOne({
      model: windows,
      where: [is('key', key), since('endsAt', now)],
      increment: {},
      set: { count: 1, endsAt: now + WINDOW },
    });
    return renewed ? undefined : null;
  }

  /** @returns which row a lease may change, as long as it holds */
  const held = (key: string, lease: string) => [
    is('key', key),
    is('leasedBy', lease),
    after('leasedUntil', Date.now()),
  ];

  return {
    async count(key, max) {
      for (;;) {
        const counted = await tryToCount(key, max);
        if (counted !== null) return counted;
      }
    },

    async spend(hash, kept) {
      const now = Date.now();
      const data: SpentCode = { hash, endsAt: now + kept };
      if (!(await isFirst(spentCodes, is('hash', hash), data))) return false;
      await store.deleteMany({ model: spentCodes, where: [since('endsAt', now)] });
      return true;
    },

    async read(key) {
      const row = await store.findOne<HostToken>({ model: hostTokens, where: [is('key', key)] });
      const endsAt = Number(row?.endsAt ?? 0);
      return row && endsAt > Date.now() ? { value: row.value, endsAt } : undefined;
    },

    async lease(key, lasts) {
      const now = Date.now();
      const leasedUntil = now + lasts;
      const leasedBy = randomUUID();
      const data: HostToken = { key, value: '', endsAt: 0, leasedUntil, leasedBy };
      const where = [is('key', key), since('leasedUntil', now)];
      const update = { model: hostTokens, where, increment: {}, set: { leasedUntil, leasedBy } };
      if (await store.incrementOne(update)) return leasedBy;
      if (await store.findOne({ model: hostTokens, where: [is('key', key)] })) return undefined;
      return (await isFirst(hostTokens, is('key', key), data)) ? leasedBy : undefined;
    },

    async write(key, { value, endsAt }, lease) {
      const update = { value, endsAt, leasedUntil: 0 };
      await store.updateMany({ model: hostTokens, where: held(key, lease), update });
    },

    async giveUp(key, lease) {
      await store.updateMany({ model: hostTokens, where: held(key, lease), update: { leasedUntil: 0 } });
    },
  };
}
