import DataLoader from 'dataloader';

/** Each question takes a few parameters, of which SQLite has 32,766 in one statement, and PostgreSQL 65,535. */
const MOST = 1000;

/**
 * Lets whoever asks while an answer is on its way be answered together, by one statement, as soon as that one is there. Who
 * asks alone waits for nobody.
 *
 * @param answer answers all of them, in their order
 */
export function together<Question, Answer>(
  answer: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  let before: Promise<unknown> = Promise.resolve();
  const loader = new DataLoader<Question, Answer>(
    (questions) => {
      const answers = answer(questions);
      before = answers.catch(() => {});
      return answers;
    },
    { cache: false, maxBatchSize: MOST, batchScheduleFn: (next) => void before.then(next) },
  );
  return (question) => loader.load(question);
}
