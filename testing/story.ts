import type { Exploration } from './exploration.js';
import type { LiveRun } from './live-run.js';
import { pasteableTest } from './pasteable-test.js';
import { placeOf } from './places.js';
import { replay } from './replay.js';
import type { Violation } from './report.js';
import type { Turns } from './turns.js';

/** A violation as it was found. */
export interface Finding {
  readonly property: string;
  readonly text: string;
  readonly moves: readonly string[];
  /** What to do, where to walk the history once more shows nothing, so that there is no test of it. */
  readonly advice?: string;
}

/** Walks the history of a violation once more, and tells it. */
export async function tellViolation(exploration: Exploration, finding: Finding, turns: Turns): Promise<Violation> {
  const { property, text, moves, advice } = finding;
  const story = [`${exploration.name}: ${property}`];
  const { live, refused } = await replay(exploration, moves, turns, (live, move, index) => {
    story.push(`${String(index).padStart(3)}. ${move}`, `       ${placesOf(live)}`);
  });
  live.end();
  if (refused) story.push(`     ${refused}`);
  story.push(`  ⇒  ${text}`);
  if (advice !== undefined) story.push(`     ${advice}`);
  const test = advice === undefined ? pasteableTest(exploration.name, `${property}: ${text}`, moves) : null;
  return { property, text, moves, story: story.join('\n'), test };
}

/** Where every chart is, and what the world has to add. */
function placesOf({ stage, run }: LiveRun): string {
  const charts = stage.charts().map(({ name, snapshot }) => {
    const place =
      snapshot.status === 'active' || snapshot.status === 'done' ? placeOf(snapshot.value) : snapshot.status;
    return `${name}: ${place}`;
  });
  const world = run.describe?.();
  return [...charts, ...(world ? [world] : [])].join(' · ');
}
