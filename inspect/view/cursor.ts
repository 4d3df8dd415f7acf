/** Which moment of a history is looked at. */
export interface Cursor {
  /** The order of the event that was the last one then; `null`: now, and whatever comes. */
  readonly at: number | null;
  travel(order: number | null): void;
  onMove(listener: () => void): void;
}

export function createCursor(): Cursor {
  const listeners: (() => void)[] = [];
  let at: number | null = null;
  return {
    get at() {
      return at;
    },
    travel(order) {
      if (order === at) return;
      at = order;
      for (const listener of listeners) listener();
    },
    onMove: (listener) => void listeners.push(listener),
  };
}
