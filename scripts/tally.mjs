import { writeFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** A reporter of vitest that writes what came of a run to the file `TALLY_FILE`, for `npm test` to add up. */
export default class TallyReporter {
  /**
   * A file that could not be loaded, a hook that broke and an error that nobody caught count as failed, though no test
   * bears their name.
   *
   * @param {ReadonlyArray<import('vitest/node').TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandledErrors
   * @param {import('vitest/node').TestRunEndReason} reason
   */
  onTestRunEnd(modules, unhandledErrors, reason) {
    /** @type {Tally} */
    const tally = { passed: 0, failed: unhandledErrors.length + (reason === 'interrupted' ? 1 : 0), skipped: 0 };
    for (const module of modules) {
      for (const group of [module, ...module.children.allSuites()]) {
        if (group.errors().length > 0) tally.failed += 1;
      }
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        tally[state === 'pending' ? 'skipped' : state] += 1;
      }
    }
    writeFileSync(process.env.TALLY_FILE ?? '', JSON.stringify(tally));
  }
}
