/** Something a person has to put right. It is shown as a sentence, never as a stack trace. */
export class Problem extends Error {
  constructor(en: string, zh: string) {
    super(`${en}\n${zh}`);
    this.name = 'Problem';
  }
}
