/** Why a server cannot start, in words for whoever starts it. Its stack is of no use to them. */
export class StartError extends Error {
  /**
   * @param message in English
   * @param chinese the same in Chinese, which is told below
   */
  constructor(message: string, chinese?: string) {
    super(chinese === undefined ? message : `${message}\n${chinese}`);
    this.name = 'StartError';
  }
}

/**
 * Names all that keeps a server from starting.
 *
 * @param problems each begins with the name of its variable
 */
export function cannotStart(problems: readonly string[]): StartError {
  const list = problems.map((problem) => `- ${problem}`);
  return new StartError(['The server cannot start:', '服务器无法启动:', ...list].join('\n'));
}
