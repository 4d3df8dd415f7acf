import { databaseState } from './database-state.js';
import type { SharedState, StateStore } from './shared-state.js';

/** The adapters of better-auth that stand beside a store of their own for it. */
const beside = new WeakMap<object, SharedState>();

/** Keeps what is shared in a store of its own, wherever this adapter is at hand. */
export function keepBeside(adapter: object, state: SharedState): void {
  beside.set(adapter, state);
}

/** What is shared: in the store that stands beside the adapter, else in its database. */
export function sharedState(adapter: StateStore): SharedState {
  return beside.get(adapter) ?? databaseState(adapter);
}
