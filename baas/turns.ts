import { Failure } from '../ports/failure.js';

export type Turns<T> = ReturnType<typeof createTurns<T>>;

/**
 * Asks for a turn.
 *
 * @param key what is wanted, in every respect
 * @param work starts at once where nothing is under way
 */
export type TakeTurn<T> = (key: string, work: () => PromiseLike<T>) => Promise<T>;

/**
 * One sign-in at a time: equal ones that are under way share one, different ones wait for each other, and none is ever
 * taken for another (G-05, G-06). Each ends by timers of its own, so that nobody waits for ever (G-09).
 */
export function createTurns<T>() {
  const sorts: Map<string, unknown>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let isFree = true;
  let round = 0;

  /** Those that answer the same sort of thing, and so may share an answer; they wait for the other sorts, too. */
  function sort<Answer>(): TakeTurn<Answer> {
    const underWay = new Map<string, Promise<Answer>>();
    sorts.push(underWay);
    return (key, work) => {
      const known = underWay.get(key);
      if (known) return known;
      const mine = round;
      const start = () => {
        if (mine !== round) throw new Failure('cancelled');
        return work();
      };
      const turn = isFree ? new Promise<Answer>((resolve) => resolve(start())) : last.then(start);
      isFree = false;
      underWay.set(key, turn);
      const end = () => {
        if (underWay.get(key) === turn) underWay.delete(key);
        if (last === ended) isFree = true;
      };
      const ended = turn.then(end, end);
      last = ended;
      return turn;
    };
  }

  return {
    take: sort<T>(),
    sort,

    /** Whoever has not had their turn gets none, and nobody joins what was wanted before. */
    callOff(): void {
      round += 1;
      for (const underWay of sorts) underWay.clear();
    },
  };
}
