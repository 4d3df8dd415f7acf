import { factsOf } from './facts.js';
import type { Space } from './space.js';

/** Looks now and then whether there is an end to the states, long before memory or patience ends. */
export interface EndWatch {
  /** @throws RangeError where some state lies so deep that there seems to be none; it names what differs most */
  look(): void;
}

/** It looks first at so many states, and then each time that they are twice as many: that costs little. */
const FIRST_LOOK = 500;
/** The flows of denglu are closed within sixty moves, and are never seen deeper on the way. */
const DEEP = 200;
const MOST_NAMED = 4;

export function createEndWatch(name: string, space: Space): EndWatch {
  let next = FIRST_LOOK;

  return {
    look() {
      // Whoever bounds the moves knows how deep it goes; and so does who has found something wrong at some depth.
      if (space.places.size < next || space.reach !== Number.POSITIVE_INFINITY) return;
      next = space.places.size * 2;
      space.measure();
      let depth = 0;
      for (const { distance } of space.places.values()) depth = Math.max(depth, distance);
      if (depth <= DEEP) return;
      throw new RangeError(
        `${name} does not seem to have an end: among ${space.places.size} states, the shortest history to one is ${depth} moves long. What differs most is ${tellMost(space)}. Say by \`reads\` what of it counts, or end the exploration by \`bound: { moves }\``,
      );
    },
  };
}

function tellMost(space: Space): string {
  const values = new Map<string, Set<string>>();
  for (const key of space.places.keys()) {
    for (const [fact, value] of factsOf(key)) values.set(fact, (values.get(fact) ?? new Set()).add(value));
  }
  const [most] = [...values].toSorted(([, one], [, other]) => other.size - one.size);
  if (!most) return 'nothing that is known';
  const [fact, { size }] = most;
  const some = [...most[1]].slice(0, MOST_NAMED).map((value) => value.slice(0, 40));
  return `${fact}, with ${size} values: ${some.join(', ')}${size > some.length ? ', …' : ''}`;
}
