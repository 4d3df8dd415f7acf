/** Turns of the event loop: every promise that can go on has gone on before one ends. */
export interface Turns {
  next(): Promise<void>;
  close(): void;
}

/** One channel serves all turns, because a new one for each would cost more than a step. */
export function createTurns(): Turns {
  const { port1, port2 } = new MessageChannel();
  let resume = () => {};
  port1.onmessage = () => resume();
  return {
    next: () =>
      new Promise((resolve) => {
        resume = resolve;
        port2.postMessage(null);
      }),
    close: () => port1.close(),
  };
}
