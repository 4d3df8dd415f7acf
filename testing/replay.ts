import type { Exploration } from './exploration.js';
import { beginRun, type Complaint, type LiveRun } from './live-run.js';
import type { Turns } from './turns.js';

export interface Replayed {
  readonly live: LiveRun;
  /** What the properties had to say on the way. */
  readonly complaints: readonly Complaint[];
  /** Which move was not possible, where one was not; the run has stopped before it. */
  readonly refused: string | null;
}

/**
 * Walks one history from the start.
 *
 * @param onStep hears of the start and of each move once it was made
 */
export async function replay(
  exploration: Exploration,
  moves: readonly string[],
  turns: Turns,
  onStep: (live: LiveRun, move: string, index: number) => void = () => {},
): Promise<Replayed> {
  const live = await beginRun(exploration, turns);
  const complaints = [...live.complaints];
  onStep(live, 'the start', 0);
  for (const [index, name] of moves.entries()) {
    const move = live.find(name);
    if (!move) return { live, complaints, refused: `${index + 1}. "${name}" is not possible here; ${possible(live)}` };
    complaints.push(...(await live.make(move, () => true)));
    onStep(live, name, index + 1);
  }
  return { live, complaints, refused: null };
}

function possible(live: LiveRun): string {
  const moves = live.moves().map(({ name }) => `"${name}"`);
  return moves.length > 0 ? `possible are: ${moves.join(', ')}` : 'nothing is';
}
