import '../../scripts/end-with-parent.mjs';

/** What this process was told to be. */
export function setting<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}');
}

/** Tells the parent that this process is ready, and answers what it asks. */
export function beAsked<Question>(ready: object, answer: (question: Question) => object | Promise<object>): void {
  process.on('message', async (question: Question) => process.send?.(await answer(question)));
  process.send?.(ready);
}
