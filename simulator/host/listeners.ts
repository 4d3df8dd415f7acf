/** The pair of `onX` and `offX` that hosts have for every event. */
export interface Listeners<T> {
  on(listener: (event: T) => void): void;
  /** Without a listener, all are removed. */
  off(listener?: (event: T) => void): void;
  emit(event: T): void;
}

export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(event: T) => void>();
  return {
    on: (listener) => void listeners.add(listener),
    off(listener) {
      if (listener) listeners.delete(listener);
      else listeners.clear();
    },
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
  };
}
