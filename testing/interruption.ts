/** What somebody's own code has thrown in the middle of an exploration, with the history that led there. */
export class Interruption extends Error {
  override readonly name = 'Interruption';

  /**
   * @param exploration its name
   * @param during what has thrown, with its verb
   * @param moves the history
   * @param cause what was thrown
   */
  constructor(
    private readonly exploration: string,
    private readonly during: string,
    readonly moves: readonly string[],
    cause: unknown,
  ) {
    const history = ['the start', ...moves].map((move, index) => `\n${String(index).padStart(3)}. ${move}`);
    super(`${exploration}: ${during}: ${String(cause)}${history.join('')}`, { cause });
  }

  /** The same after another history. */
  after(moves: readonly string[]): Interruption {
    return new Interruption(this.exploration, this.during, moves, this.cause);
  }
}

/** What was thrown, before anybody knows the history. */
class Thrown extends Error {
  constructor(
    readonly during: string,
    cause: unknown,
  ) {
    super(during, { cause });
  }
}

/** Says of what is thrown by whom it is. @param who with its verb: `the answer "a coupon" has thrown` */
export function naming<Result>(who: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw error instanceof Thrown ? error : new Thrown(who, error);
  }
}

/** The same, and tells the history. */
export function createNaming(exploration: string, history: () => readonly string[]): typeof naming {
  return (who, act) => {
    try {
      return act();
    } catch (error) {
      if (error instanceof Interruption) throw error;
      if (error instanceof Thrown) throw new Interruption(exploration, error.during, history(), error.cause);
      throw new Interruption(exploration, who, history(), error);
    }
  };
}
