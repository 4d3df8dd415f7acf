/**
 * @typedef {object} TestFile what the JSON reporter of vitest tells of one file
 * @property {string} name its absolute path
 * @property {'passed' | 'failed'} status
 * @property {string} message why it could not be loaded
 * @property {readonly { status: string, title: string, fullName: string }[]} assertionResults
 */

/**
 * What is wrong with a run of the tests, in which one guarantee is broken on purpose, or none: nothing, if all tests of
 * that guarantee are red and all others are green.
 *
 * @param {readonly TestFile[]} files
 * @param {string | null} id the guarantee that is broken
 * @returns {{ own: string, others: number, deviations: string[] }} how many of its tests are red, how many others are,
 * and what ought to be otherwise
 */
export function judge(files, id) {
  /** @type {string[]} */
  const deviations = [];
  let [red, all, others] = [0, 0, 0];
  for (const { name, message, assertionResults } of files) {
    const file = name.split('/').at(-1) ?? name;
    const owner = file.slice(0, 'G-00'.length).toUpperCase();
    if (assertionResults.length === 0) deviations.push(`${file} did not run: ${message.split('\n')[0] || 'no tests'}`);
    for (const { status, title, fullName } of assertionResults) {
      const isRed = status === 'failed';
      if (!title.startsWith(`${owner} `)) deviations.push(`in ${file}, this does not begin with ${owner}: ${fullName}`);
      if (!isRed && status !== 'passed') deviations.push(`left out: ${fullName}`);
      if (owner === id) {
        all += 1;
        red += isRed ? 1 : 0;
        if (!isRed) deviations.push(`stays green: ${fullName}`);
      } else if (isRed) {
        others += 1;
        deviations.push(`${id ? 'goes red too' : 'is red'}: ${fullName}`);
      }
    }
  }
  if (id && all === 0) deviations.push(`no test of ${id} ran`);
  return { own: id ? `${red}/${all}` : '-', others, deviations };
}
