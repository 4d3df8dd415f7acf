import type { DBAdapter } from 'better-auth';

/**
 * What all processes of one server know together, is asked for with almost every request, and is worth nothing a while
 * later. Users, sessions and what was sent to people are not among it: they live in the database only.
 */
export interface SharedState {
  /**
   * Counts one request under a key, in windows of a minute that begin with their first request.
   *
   * @param max how many requests one window may hold
   * @returns `undefined` where it was counted, or how long until the window ends, in milliseconds
   */
  count(key: string, max: number): Promise<number | undefined>;

  /**
   * Marks a hash as spent.
   *
   * @param kept for how long, in milliseconds
   * @returns whether it was fresh
   */
  spend(hash: string, kept: number): Promise<boolean>;

  /** What was written under a key, unless it has ended. */
  read(key: string): Promise<Kept | undefined>;

  /**
   * Lets one asker at a time renew what is kept under a key.
   *
   * @param lasts for how long, in milliseconds, unless it is written or given up before
   * @returns the name of the lease, which no other one has; `undefined` where somebody else holds one
   */
  lease(key: string, lasts: number): Promise<string | undefined>;

  /** Writes what was renewed, and ends the lease; nothing where the lease has run out, as another one may hold it by now. */
  write(key: string, kept: Kept, lease: string): Promise<void>;

  /** Ends the lease, unless it has run out, without having renewed anything. */
  giveUp(key: string, lease: string): Promise<void>;
}

/** A value, and when it ends, in milliseconds since the epoch. */
export interface Kept {
  readonly value: string;
  readonly endsAt: number;
}

/** How long one window of {@link SharedState.count} is, in milliseconds. */
export const WINDOW = 60_000;

/** What keeping it in the database takes of better-auth's adapter, outside any transaction. */
export type StateStore = Pick<DBAdapter, 'create' | 'findOne' | 'incrementOne' | 'updateMany' | 'deleteMany'>;
