/**
 * The code of a chart without the texts that say what each state is for: they are read in the source and in
 * docs/charts.md; on a phone nobody does.
 *
 * @param {string} code
 */
export function withoutDescriptions(code) {
  return code.replace(/\bdescription:\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),?/g, '');
}
