/** Something a person has to put right. It is shown as a sentence, never as a stack trace. */
export class Problem extends Error {
  /**
   * @param {string} en
   * @param {string} zh
   */
  constructor(en, zh) {
    super(`${en}\n${zh}`);
    this.name = 'Problem';
  }
}

/**
 * Tells the person at the terminal what is going on.
 *
 * @param {string} en
 * @param {string} zh
 */
export function say(en, zh) {
  console.log(`${en} · ${zh}`);
}

/**
 * Runs a script's work. A {@link Problem} ends it with its own words and exit code 1.
 *
 * @param {() => Promise<void>} work
 */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
