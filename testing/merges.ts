import { differenceBetween, movesApart } from './difference.js';
import type { Exploration } from './exploration.js';
import { replay } from './replay.js';
import type { Space } from './space.js';
import type { Finding } from './story.js';
import type { Turns } from './turns.js';

/** Two histories that have led to the same state. */
interface Merge {
  readonly one: readonly string[];
  readonly other: readonly string[];
}

/** How far both are followed after they have met, in moves. */
const FURTHER = 8;

/**
 * Replays merges from both of their histories, and sees that they go on alike: at each step the same moves, leading to
 * the same states.
 *
 * @param count how many; they are taken evenly from all that there are
 * @returns how many were compared, and the moves of a history that went on unlike the other
 */
export async function compareMerges(
  exploration: Exploration,
  space: Space,
  count: number,
  turns: Turns,
): Promise<{ compared: number; unlike: Pick<Finding, 'text' | 'moves'> | null }> {
  const merges = sampleOf(space, count);
  for (const [index, { one, other }] of merges.entries()) {
    // One after the other: machines are bound once, so there is one run at a time.
    const first = await follow(exploration, one, index, turns);
    const second = await follow(exploration, other, index, turns);
    const parting = partingOf(first, second);
    if (parting) {
      const { at, text } = parting;
      return { compared: index, unlike: { text, moves: [...other, ...second.slice(0, at).map(({ move }) => move)] } };
    }
  }
  return { compared: merges.length, unlike: null };
}

/** Where two histories part, and how; `null` where they do not. */
function partingOf(first: readonly Sight[], second: readonly Sight[]): { at: number; text: string } | null {
  for (const [at, { key, moves }] of second.entries()) {
    const there = first[at];
    // The one that is shorter has broken a property.
    if (!there) return { at, text: ONE_BREAKS };
    if (there.key !== key) return { at, text: differenceBetween(there.key, key) };
    if (there.moves.join() !== moves.join()) return { at, text: movesApart(there.moves, moves) };
  }
  return first.length > second.length ? { at: second.length, text: ONE_BREAKS } : null;
}

const ONE_BREAKS = 'only in one of them a property is violated';

interface Sight {
  /** What the state is. */
  readonly key: string;
  /** Which moves there are. */
  readonly moves: readonly string[];
  /** The move that was chosen then. */
  readonly move: string;
}

/** Replays a history and goes on from its end; which moves it chooses depends on the seed alone. */
async function follow(
  exploration: Exploration,
  history: readonly string[],
  seed: number,
  turns: Turns,
): Promise<Sight[]> {
  const { live } = await replay(exploration, history, turns);
  const sights: Sight[] = [];
  for (let step = 0; step <= FURTHER; step += 1) {
    // In which order they are listed depends on what came first, and decides nothing.
    const moves = live.moves().toSorted((one, other) => one.name.localeCompare(other.name));
    const move = moves[choice(seed, step) % Math.max(1, moves.length)];
    sights.push({ key: live.key(), moves: moves.map(({ name }) => name), move: move?.name ?? '' });
    if (!move || (await live.make(move, () => false)).length > 0) break;
  }
  live.end();
  return sights;
}

/** Any rule will do that chooses another move for each merge and step, and always the same one. */
function choice(seed: number, step: number): number {
  const mixed = Math.imul(Math.imul(seed + 1, 0x9e3779b1) + step, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 9;
}

function sampleOf(space: Space, count: number): Merge[] {
  const merges: (() => Merge)[] = [];
  for (const from of space.places.values()) {
    for (const [move, way] of from.ways) {
      const to = way?.to;
      if (!to || (to.via?.place === from && to.via.move === move)) continue;
      merges.push(() => ({ one: space.historyOf(to), other: [...space.historyOf(from), move] }));
    }
  }
  // Where there are fewer, each is followed several times, by other moves.
  return Array.from({ length: merges.length > 0 ? count : 0 }, (_, index) => {
    const at = merges.length > count ? Math.floor((index * merges.length) / count) : index % merges.length;
    return merges[at];
  }).flatMap((merge) => (merge ? [merge()] : []));
}
