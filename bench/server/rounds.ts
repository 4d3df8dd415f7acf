/**
 * Measures in turn: A B C A B C …, so that a machine that slows down meanwhile does so for all.
 *
 * @param turns each once a round; what warms up is to be done before
 * @returns what each came to, round by round, in their order
 */
export async function inTurn<T>(rounds: number, turns: readonly (() => Promise<T>)[]): Promise<T[][]> {
  const came: T[][] = turns.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, measure] of turns.entries()) came[index]?.push(await measure());
  }
  return came;
}
