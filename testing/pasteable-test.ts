/**
 * A history as a test for vitest, to be pasted into the file of its exploration.
 *
 * @param name what the exploration is called there
 * @param title what the test is called
 */
export function pasteableTest(name: string, title: string, moves: readonly string[]): string {
  const lines = moves.map((move) => `    ${quoted(move)},\n`).join('');
  return `it(${quoted(title)}, async () => {\n  await retrace(${name}, [\n${lines}  ]);\n});\n`;
}

/** In single quotes, as most people's formatters have it. */
function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
