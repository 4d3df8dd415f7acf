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

/** What is wrong with a setting, in both languages: `must be on or off`. It goes on behind the name of its variable. */
export const both = (english: string, chinese: string) => `${english}\n${chinese}`;

/** A variable, and what is wrong with it, as {@link both} makes it. */
export type WrongSetting = readonly [variable: string, wrong: string];

/** Names all that keeps a server from starting. */
export function cannotStart(settings: readonly WrongSetting[]): StartError {
  const list = settings.map(([variable, wrong]) => {
    const [english, chinese] = wrong.split('\n');
    return `- ${variable} ${english}\n  ${variable} ${chinese}`;
  });
  return new StartError(['The server cannot start:', '服务器无法启动:', ...list].join('\n'));
}
