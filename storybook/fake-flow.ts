import { fn } from 'storybook/test';
import type { Flow, FlowSnapshot } from '../machines/flow.js';

/** A flow that stands still until a story moves it. */
export interface FakeFlow<Snapshot extends FlowSnapshot> extends Flow<Snapshot> {
  become(changes: Partial<Snapshot>): void;
}

export function fakeFlow<Snapshot extends FlowSnapshot>(snapshot: Snapshot): FakeFlow<Snapshot> {
  const listeners = new Set<(snapshot: Snapshot) => void>();
  let standing = snapshot;
  return {
    hasEnded: () => false,
    getSnapshot: () => standing,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    cancel: fn(),
    leave: fn(() => listeners.clear()).mockName('leave'),
    become(changes) {
      standing = { ...standing, ...changes };
      for (const listener of listeners) listener(standing);
    },
  };
}
