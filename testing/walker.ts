import type { Coverage } from './coverage.js';
import { differenceBetween } from './difference.js';
import type { Exploration } from './exploration.js';
import { Interruption } from './interruption.js';
import { beginRun, type Complaint, type LiveRun, type Move } from './live-run.js';
import { isWayProperty } from './property.js';
import type { Place, Space, Way } from './space.js';
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

  /**
   * Makes a move, and notes in the state space where it has led.
   *
   * @param isArrival whether to look where it has led though that is known; what a state is takes long to tell
   */
  async step(name: string, isArrival = true): Promise<Outcome> {
    const { live, place, space } = this;
    this.age += 1;
    try {
      const move = live.find(name);
      if (!move) return { unlike: 'the move is not possible now' };
      const known = place.ways.get(name);
      return await (known ? this.goKnown(move, known, isArrival) : this.goNew(move));
    } catch (error) {
      if (!(error instanceof Interruption)) throw error;
      const isMade = error.moves.length === this.age;
      space.measure();
      // A run has gone everywhere by then; there is a shorter way to where it is.
      throw error.after([...space.historyOf(place), ...(isMade ? [name] : [])]);
    }
  }

  private async goKnown(move: Move, { to }: Way, isArrival: boolean): Promise<Outcome> {
    const { live } = this;
    const judged = live.make(move, () => false);
    const [complaint] = Array.isArray(judged) ? judged : await judged;
    if (complaint) return complaint;
    if (!to) return { unlike: 'what was wrong then is not wrong now' };
    if (isArrival && live.key() !== to.key) return { unlike: differenceBetween(to.key, live.key()) };
    this.place = to;
    return 'went on';
  }

  private async goNew(move: Move): Promise<Outcome> {
    const { exploration, space, coverage, live, place } = this;
    const { name, kind } = move;
    let key: string | undefined;
    const find = () => {
      key ??= live.key();
      return space.places.get(key);
    };
    const judged = live.make(move, () => find() === undefined);
    const [complaint] = Array.isArray(judged) ? judged : await judged;
    coverage.note(live, move);
    if (complaint) {
      space.connect(place, name, { kind, to: null });
      return complaint;
    }
    const next = find() ?? addPlace(exploration, space, live, { place, move: name });
    space.connect(place, name, { kind, to: next });
    this.place = next;
    return 'went on';
  }
}

function addPlace({ properties = [] }: Exploration, space: Space, live: LiveRun, via: Place['via']): Place {
  const marks = properties.filter(isWayProperty).map((property) =>
    live.naming(`the property "${property.name}" has thrown`, () => ({
      from: property.from(live.stage),
      to: property.to(live.stage),
    })),
  );
  const moves = live.moves().map(({ name }) => name);
  return space.add(live.key(), moves, marks, via);
}
