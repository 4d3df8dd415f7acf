import { isUnavailable } from '../store-errors.js';

/** Each question takes a few parameters, of which SQLite has 32,766 in one statement, and PostgreSQL 65,535. */
const MOST = 1000;

interface Waiting<Question, Answer> {
  readonly question: Question;
  answered(answer: Answer): void;
  failed(error: unknown): void;
}

/**
 * Lets whoever asks while an answer is on its way be answered together, by one statement, as soon as that one is there. Who
 * asks alone waits for nobody. Where the database is out of reach, all who wait are told so at once: each of them would wait
 * as long for the same.
 *
 * @param ask finds out all at once, and then says what came of each, in their order
 */
export function together<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<(question: Question) => Answer>,
): (question: Question) => Promise<Answer> {
  const waiting: Waiting<Question, Answer>[] = [];
  let isOnItsWay = false;

  async function send(): Promise<void> {
    isOnItsWay = true;
    const asked = waiting.splice(0, MOST);
    try {
      const answerTo = await ask(asked.map(({ question }) => question));
      for (const { question, answered } of asked) answered(answerTo(question));
    } catch (error) {
      const refused = isUnavailable(error) ? waiting.splice(0) : [];
      for (const { failed } of [...asked, ...refused]) failed(error);
    }
    isOnItsWay = false;
    if (waiting.length > 0) void send();
  }

  return (question) =>
    new Promise((answered, failed) => {
      waiting.push({ question, answered, failed });
      if (!isOnItsWay) void send();
    });
}
