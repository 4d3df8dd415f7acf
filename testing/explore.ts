import { checkCount, checkExploration } from './check-exploration.js';
import { createCoverage } from './coverage.js';
import type { Exploration } from './exploration.js';
import { compareMerges } from './merges.js';
import type { Report } from './report.js';
import { type Place, Space } from './space.js';
import { type Finding, tellViolation } from './story.js';
import { createTurns, type Turns } from './turns.js';
import { createEndWatch } from './unbounded.js';
import { type Outcome, Walker } from './walker.js';
import { deadEnds } from './ways.js';

export interface ExploreOptions {
  /** How many merges are replayed from both of their histories. Default: 100. */
  readonly merges?: number;
}

/** How many states are looked through for a near one with an untried move, before a run is begun anew. */
const NEAR = 2000;
/** The longest run, in steps: what grows with a run, such as the time of the day, stays small. */
const LONGEST_RUN = 1000;
/** After so many steps whoever else runs in this process has their turn. */
const STEPS_A_TURN = 500;
const DEFAULT_MERGES = 100;
const MOST_STATES = 200_000;

/**
 * Walks every interleaving of a world up to closure, or up to its bound, on live actors with virtual time.
 *
 * States that are the same are visited once. A run is followed for as long as there is something near it that nobody has
 * tried, so that little has to be replayed. Once something is violated, only shorter histories are looked for.
 *
 * @throws TypeError where something is missing in the exploration, or is no such thing
 * @throws RangeError where a number or a name in it cannot be, where there are more states than `bound.states`,
 *   or where they do not seem to have an end
 * @throws Error with the story that led there, where a property, an answer, an event or the world throws
 */
export async function explore(exploration: Exploration, options: ExploreOptions = {}): Promise<Report> {
  checkExploration(exploration);
  const { merges = DEFAULT_MERGES } = options;
  checkCount(exploration.name, 'merges', merges);
  const turns = createTurns();
  try {
    return await walk(exploration, merges, turns);
  } finally {
    turns.close();
  }
}

async function walk(exploration: Exploration, mergesWanted: number, turns: Turns): Promise<Report> {
  const { properties = [], bound = {} } = exploration;
  const begun = performance.now();
  const space = new Space(bound.moves ?? Number.POSITIVE_INFINITY);
  const end = createEndWatch(exploration.name, space);
  const coverage = createCoverage(exploration.answers);
  let paths = 0;
  let steps = 0;
  let finding: Finding | null = null;

  const begin = () => {
    paths += 1;
    return Walker.begin(exploration, space, coverage, turns);
  };
  const planFor = (walker: Walker): string[] | null => {
    if (walker.age >= LONGEST_RUN) return null;
    const move = space.untriedMove(walker.place);
    return move === undefined ? space.wayToUntried(walker.place, NEAR) : [move];
  };
  const judge = (outcome: Exclude<Outcome, 'went on'>, from: Place, move: string) => {
    space.measure();
    const moves = [...space.historyOf(from), move];
    if ('unlike' in outcome) finding = unlike(outcome.unlike, moves);
    else if (!finding || moves.length < finding.moves.length) finding = { ...outcome, moves };
    space.reach = moves.length - 1;
  };

  let walker = await begin();
  const [wrong] = walker.complaints;
  if (wrong) finding = { ...wrong, moves: [] };
  try {
    while (!wrong && finding?.property !== GOES_ON_ALIKE) {
      let plan = planFor(walker);
      if (!plan) {
        const place = space.anyOpen();
        if (!place) break;
        walker.end();
        walker = await begin();
        plan = space.historyOf(place);
      }
      for (const [index, move] of plan.entries()) {
        steps += 1;
        if (steps % STEPS_A_TURN === 0) await turns.next();
        const from = walker.place;
        const outcome = await walker.step(move, index === plan.length - 1);
        if (outcome === 'went on') continue;
        judge(outcome, from, move);
        walker.end();
        walker = await begin();
        break;
      }
      end.look();
      const most = bound.states ?? MOST_STATES;
      if (space.places.size > most) {
        throw new RangeError(`${exploration.name} has more than ${most} states; the last one is ${walker.place.key}`);
      }
    }
  } finally {
    walker.end();
  }
  space.measure();

  const [deadEnd] = finding ? [] : deadEnds(space, properties);
  if (deadEnd) finding = { property: deadEnd.property, text: NO_WAY, moves: space.historyOf(deadEnd.place) };
  const merges = finding ? { compared: 0, unlike: null } : await compareMerges(exploration, space, mergesWanted, turns);
  if (merges.unlike) finding = unlike(merges.unlike.text, merges.unlike.moves);
  const violations = finding ? [await tellViolation(exploration, finding, turns)] : [];

  const places = [...space.places.values()];
  return {
    name: exploration.name,
    states: places.length,
    transitions: space.transitions,
    paths,
    steps,
    milliseconds: performance.now() - begun,
    isClosed: places.every(({ untried }) => untried === 0),
    depth: places.reduce((deepest, { distance }) => Math.max(deepest, distance), 0),
    merges: merges.compared,
    violations,
    coverage: coverage.report(),
  };
}

const GOES_ON_ALIKE = 'States that are the same go on alike';
const UNLIKE = 'another history came to the same state, and went on to another one';
const NO_WAY = 'there is no way from here';
const SAY_WHAT_COUNTS =
  'Either `reads` leaves out something that decides, or the world remembers something that `identity` does not tell.';

function unlike(how: string, moves: readonly string[]): Finding {
  return { property: GOES_ON_ALIKE, text: `${UNLIKE}: ${how}`, moves, advice: SAY_WHAT_COUNTS };
}
