/** Whether a finger's tap is being handled (G-10). */
export interface Gesture {
  readonly isOn: boolean;
  /** A tap of the person's finger. Its gesture lasts as long as the handler's call stack. */
  tap<T>(handler: () => T): T;
}

export function createGesture(): Gesture {
  let isOn = false;
  return {
    get isOn() {
      return isOn;
    },
    tap(handler) {
      isOn = true;
      try {
        return handler();
      } finally {
        isOn = false;
      }
    },
  };
}
