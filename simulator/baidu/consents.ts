import { HostFailure } from '../host/host-failure.js';
import type { AskedSheet } from '../host/sheets.js';
import type { SwanQuestion } from './host-object.js';

/** What the person has answered so far. The host remembers it beyond the app, until its settings are changed (B-07). */
export interface Consents {
  /** What was answered; `undefined` where nobody was asked. */
  answer(question: SwanQuestion): boolean | undefined;
  /**
   * Asks the person, or remembers that they have refused before.
   *
   * @throws HostFailure 10003 where they refuse, or have refused (B-07)
   */
  ask(asked: AskedSheet<SwanQuestion>, question: SwanQuestion): Promise<void>;
  /** The person changes their mind in the host's settings. */
  forget(): void;
}

export function createConsents(): Consents {
  const answers = new Map<SwanQuestion, boolean>();
  const denied = () => new HostFailure('auth deny', { errCode: 10003 });
  return {
    answer: (question) => answers.get(question),
    async ask(asked, question) {
      if (answers.get(question) === false) throw denied();
      const isAllowed = (await asked.open()).answer === 'allow';
      answers.set(question, isAllowed);
      if (!isAllowed) throw denied();
    },
    forget: () => answers.clear(),
  };
}
