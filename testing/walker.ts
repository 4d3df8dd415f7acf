import type { Coverage } from './coverage.js';
import type { Exploration } from './exploration.js';
import { beginRun, type Complaint, type LiveRun } from './live-run.js';
import { isWayProperty } from './property.js';
import type { Place, Space } from './space.js';
import type { Turns } from './turns.js';

/** What came of a move: it led on, it broke a property, or it did not do what the same move did before. */
export type Outcome = 'went on' | Unlike | Complaint;

/** In which words what a state is now differs from what it was then. */
export interface Unlike {
  readonly unlike: string;
}

/** A living run, and where in the state space it is. */
export class Walker {
  /** In steps. */
  age = 0;

  private constructor(
    private readonly exploration: Exploration,
    private readonly space: Space,
    private readonly coverage: Coverage,
    private readonly live: LiveRun,
    public place: Place,
  ) {}

  static async begin(exploration: Exploration, space: Space, coverage: Coverage, turns: Turns): Promise<Walker> {
    const live = await beginRun(exploration, turns);
    const place = space.places.get(live.key()) ?? addPlace(exploration, space, live, null);
    coverage.note(live, null);
    return new Walker(exploration, space, coverage, live, place);
  }

  /** What the properties say of the start. */
  get complaints(): readonly Complaint[] {
    return this.live.complaints;
  }

  end(): void {
    this.live.end();
  }

  /** Makes a move, and notes in the state space where it has led. */
  async step(name: string): Promise<Outcome> {
    const { exploration, space, coverage, live, place } = this;
    this.age += 1;
    const move = live.moves().find((move) => move.name === name);
    if (!move) return { unlike: 'the move is not possible now' };
    const known = place.ways.get(name);

    let key: string | undefined;
    const find = () => {
      key ??= live.key();
      return space.places.get(key);
    };
    const judged = live.make(move, () => find() === undefined);
    const [complaint] = Array.isArray(judged) ? judged : await judged;
    if (!known) coverage.note(live, move);
    if (complaint) {
      if (!known) space.connect(place, name, { kind: move.kind, to: null });
      return complaint;
    }

    const found = find();
    if (known && known.to !== found) return { unlike: differenceBetween(known.to?.key ?? '', live.key()) };
    const next = found ?? addPlace(exploration, space, live, { place, move: name });
    if (!known) space.connect(place, name, { kind: move.kind, to: next });
    this.place = next;
    return 'went on';
  }
}

function addPlace({ properties = [] }: Exploration, space: Space, live: LiveRun, via: Place['via']): Place {
  const marks = properties
    .filter(isWayProperty)
    .map((property) => ({ from: property.from(live.stage), to: property.to(live.stage) }));
  const moves = live.moves().map(({ name }) => name);
  return space.add(live.key(), moves, marks, via);
}

const WORDS_AROUND = 60;

/** Where two texts part. */
export function differenceBetween(one: string, other: string): string {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const from = Math.max(0, start - WORDS_AROUND);
  const part = (text: string) => `…${text.slice(from, start + WORDS_AROUND)}…`;
  return `${part(one)} is not ${part(other)}`;
}
