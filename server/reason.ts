/** How many causes are told, at most. */
const DEPTH = 5;

/**
 * Why something failed, in one line: its words, and those of what caused it. Node's own `fetch` says no more by itself than
 * that it failed, and tells a name that has several addresses by an error without a message.
 *
 * @param error of anything that was thrown
 */
export function reasonOf(error: unknown): string {
  const told = causesOf(error).slice(0, DEPTH).map(wordsOf);
  const news = told.filter((words, index) => words && !told.slice(0, index).some((before) => before.includes(words)));
  return news.join(': ') || 'unknown reason';
}

function causesOf(error: unknown, depth = DEPTH): Error[] {
  if (!(error instanceof Error) || depth === 0) return [];
  const next: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  return [error, ...causesOf(next, depth - 1)];
}

/** Its code goes before, where its words leave that out. */
function wordsOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return [error.message.includes(code) ? '' : code, error.message].filter(Boolean).join(' ');
}
