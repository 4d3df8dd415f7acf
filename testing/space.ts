import type { MoveKind } from './property.js';

/** One state of the state space. */
export interface Place {
  readonly key: string;
  /** The moves that there are, and where each has led; `undefined`: not tried yet. */
  readonly ways: Map<string, Way | undefined>;
  /** The states that its moves are known to lead to, each with one of those moves: most moves share where they lead. */
  readonly exits: Map<Place, string>;
  /** For each way property, whether this state is concerned, and whether it is what has to be reached. */
  readonly marks: readonly Marks[];
  /** The length of the shortest history that is known to lead here, in moves, and its last move. */
  distance: number;
  via: { readonly place: Place; readonly move: string } | null;
  /** How many of its moves have not been tried. */
  untried: number;
  /** In which search for a near state it was seen last, and from where. */
  seen: { readonly search: number; readonly via: Place['via'] };
}

export interface Way {
  readonly kind: MoveKind;
  /** `null` where a property was violated on the way: nobody goes on from there. */
  readonly to: Place | null;
}

export interface Marks {
  readonly from: boolean;
  readonly to: boolean;
}

/** The state space as far as it is known: which states there are, and by which moves one leads to another. */
export class Space {
  readonly places = new Map<string, Place>();
  transitions = 0;
  /** States whose moves are still to be tried, as far as the bound allows. */
  private open: Place[] = [];
  /** How many of them have been passed over. */
  private passed = 0;
  private search = 0;

  constructor(
    /** The longest history, in moves. */
    public reach: number,
  ) {}

  /** Adds a state. */
  add(key: string, moves: readonly string[], marks: readonly Marks[], via: Place['via']): Place {
    const place: Place = {
      key,
      ways: new Map(moves.map((move) => [move, undefined])),
      exits: new Map(),
      marks,
      distance: via ? via.place.distance + 1 : 0,
      via,
      untried: moves.length,
      seen: { search: 0, via: null },
    };
    this.places.set(key, place);
    this.open.push(place);
    return place;
  }

  /** Notes where a move has led. */
  connect(from: Place, move: string, way: Way): void {
    from.ways.set(move, way);
    from.untried -= 1;
    this.transitions += 1;
    if (!way.to) return;
    if (way.to !== from && !from.exits.has(way.to)) from.exits.set(way.to, move);
    if (from.distance + 1 < way.to.distance) {
      way.to.distance = from.distance + 1;
      way.to.via = { place: from, move };
    }
  }

  /** A move of this state that nobody has tried, if the bound leaves room for one. */
  untriedMove(place: Place): string | undefined {
    if (!this.isOpen(place)) return undefined;
    for (const [move, way] of place.ways) if (!way) return move;
    return undefined;
  }

  /** The moves to the nearest state where one is untried; `null` where there is none within so many states. */
  wayToUntried(start: Place, mostStates: number): string[] | null {
    this.search += 1;
    start.seen = { search: this.search, via: null };
    const queue = [start];
    for (const place of queue) {
      for (const [to, move] of place.exits) {
        if (to.seen.search === this.search) continue;
        to.seen = { search: this.search, via: { place, move } };
        if (this.isOpen(to)) return backwards(to, ({ seen }) => seen.via);
        queue.push(to);
      }
      if (queue.length > mostStates) return null;
    }
    return null;
  }

  /** A state where a move is untried, wherever it is; `undefined` once all that the bound allows has been tried. */
  anyOpen(): Place | undefined {
    const known = this.firstOpen();
    if (known) return known;
    this.measure();
    this.open = [...this.places.values()].filter((place) => this.isOpen(place));
    this.passed = 0;
    return this.firstOpen();
  }

  /** The moves of the shortest history that is known to lead to a state. */
  historyOf(place: Place): string[] {
    return backwards(place, ({ via }) => via);
  }

  /** Finds the shortest histories anew: who goes deep first finds long ones first. */
  measure(): void {
    const [start] = this.places.values();
    if (!start) return;
    for (const place of this.places.values()) place.distance = Number.POSITIVE_INFINITY;
    start.distance = 0;
    start.via = null;
    const queue = [start];
    for (const place of queue) {
      for (const [to, move] of place.exits) {
        if (to.distance <= place.distance + 1) continue;
        to.distance = place.distance + 1;
        to.via = { place, move };
        queue.push(to);
      }
    }
  }

  private firstOpen(): Place | undefined {
    for (; this.passed < this.open.length; this.passed += 1) {
      const place = this.open[this.passed];
      if (place && this.isOpen(place)) return place;
    }
    return undefined;
  }

  private isOpen(place: Place): boolean {
    return place.untried > 0 && place.distance < this.reach;
  }
}

function backwards(place: Place, before: (place: Place) => { place: Place; move: string } | null): string[] {
  const moves: string[] = [];
  for (let step = before(place); step; step = before(step.place)) moves.push(step.move);
  return moves.reverse();
}
