import { checkExploration } from './check-exploration.js';
import type { Exploration } from './exploration.js';
import { type ExploreOptions, explore } from './explore.js';
import { missingWay } from './missing-way.js';
import { replay } from './replay.js';
import type { Report } from './report.js';
import { createTurns } from './turns.js';

/**
 * Explores, and sees that nothing is violated: the one line of a test.
 *
 * @example
 * it('keeps its promises whatever happens', () => verify(phone));
 *
 * @throws Error with the shortest story of a violation, and the test to paste
 */
export async function verify(exploration: Exploration, options?: ExploreOptions): Promise<Report> {
  const report = await explore(exploration, options);
  const [violation] = report.violations;
  if (!violation) return report;
  const { story, test } = violation;
  throw new Error(test === null ? story : `${story}\n\nAs a test:\n\n${test}`);
}

/**
 * Walks one history from the start, as a pasted test does.
 *
 * @param moves as a violation names them
 * @throws Error where a property is violated on the way, and where a move is not possible
 * @throws TypeError where the moves are no names
 */
export async function retrace(exploration: Exploration, moves: readonly string[]): Promise<void> {
  checkExploration(exploration);
  if (!isListOfNames(moves)) throw new TypeError(`${exploration.name}: \`moves\` is no list of the names of moves`);
  const turns = createTurns();
  try {
    const { live, complaints, refused } = await replay(exploration, moves, turns);
    live.end();
    const [complaint = refused === null ? await missingWay(exploration, moves, turns) : null] = complaints;
    if (complaint) throw new Error(`${exploration.name}: ${complaint.property}: ${complaint.text}`);
    if (refused !== null) throw new Error(`${exploration.name}: ${refused}. ${MENDED}`);
  } finally {
    turns.close();
  }
}

function isListOfNames(moves: unknown): boolean {
  return Array.isArray(moves) && moves.every((move) => typeof move === 'string');
}

const MENDED = 'Where a mend has made it impossible, the history may end before it';
