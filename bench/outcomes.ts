/** What a call came to, in a few words: `signed in` where it answered, else the number and, where there is one, the reason. */
export async function wordsOf(call: () => Promise<unknown>, answered = 'signed in'): Promise<string> {
  let promise: Promise<unknown>;
  try {
    promise = call();
  } catch {
    return 'throws in the caller’s stack';
  }
  return promise.then(
    () => answered,
    (error: unknown) => refusal(error),
  );
}

function refusal(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const told = ['code', 'failure'].map((field): unknown => Reflect.get(error, field));
  const words = told.filter((word) => word !== undefined).join(' ');
  return words || (error instanceof Error ? error.message : String(error));
}

/** `100 × 401`: equal words are told once. */
export function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} × ${word}`).join(', ');
}
