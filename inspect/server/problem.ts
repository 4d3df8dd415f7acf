/** Something a person has to put right. It is shown as a sentence, never as a stack trace. */
export class Problem extends Error {
  constructor(en: string, zh: string) {
    super(`${en}\n${zh}`);
    this.name = 'Problem';
  }
}

/** What went wrong, in a few words. */
export function reasonOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (error instanceof Error && (typeof code !== 'string' || code.startsWith('ERR_'))) return error.message;
  return String(code);
}
