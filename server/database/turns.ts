/** Lets the next one have their turn. */
export type GiveBack = () => void;

/** For what only one at a time may have: each caller waits until all before gave it back. */
export function takeTurns(): () => Promise<GiveBack> {
  let lent: Promise<void> = Promise.resolve();
  return async () => {
    const before = lent;
    let giveBack: GiveBack = () => {};
    lent = new Promise((resolve) => {
      giveBack = resolve;
    });
    await before;
    return giveBack;
  };
}
