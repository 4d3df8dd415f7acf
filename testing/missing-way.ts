import type { Exploration } from './exploration.js';
import type { Complaint } from './live-run.js';
import { isWayProperty, type WayProperty } from './property.js';
import { replay } from './replay.js';
import type { Turns } from './turns.js';

/** How many states are looked through for what has to be reached; beyond them it counts as reached. */
const MOST_STATES = 1000;

/** A way property that does not hold at the end of this history, if there is one. */
export async function missingWay(
  exploration: Exploration,
  history: readonly string[],
  turns: Turns,
): Promise<Complaint | null> {
  for (const property of (exploration.properties ?? []).filter(isWayProperty)) {
    if (!(await hasWay(exploration, history, property, turns))) {
      return { property: property.name, text: 'there is no way from here' };
    }
  }
  return null;
}

async function hasWay(
  exploration: Exploration,
  history: readonly string[],
  { name, from, to, by }: WayProperty,
  turns: Turns,
): Promise<boolean> {
  const seen = new Set<string>();
  const histories: (readonly string[])[] = [history];
  for (const moves of histories) {
    const { live } = await replay(exploration, moves, turns);
    const key = live.key();
    const isDone = live.naming(
      `the property "${name}" has thrown`,
      () => to(live.stage) || (moves === history && !from(live.stage)),
    );
    if (!seen.has(key)) {
      for (const move of live.moves()) if (by(move.kind)) histories.push([...moves, move.name]);
    }
    live.end();
    if (isDone || seen.size > MOST_STATES) return true;
    seen.add(key);
  }
  return false;
}
