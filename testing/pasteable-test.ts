/**
 * A history as a test for vitest, to be pasted into the file of its exploration.
 *
 * @param name what the exploration is called there; where no constant can be called so, `exploration` stands for it
 * @param title what the test is called
 */
export function pasteableTest(name: string, title: string, moves: readonly string[]): string {
  const lines = moves.map((move) => `    ${quoted(move)},\n`).join('');
  return `it(${quoted(title)}, async () => {\n  await retrace(${isIdentifier(name) ? name : 'exploration'}, [\n${lines}  ]);\n});\n`;
}

function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !RESERVED.test(name);
}

const RESERVED =
  /^(?:await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/;

/** In single quotes, as most people's formatters have it. */
function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
