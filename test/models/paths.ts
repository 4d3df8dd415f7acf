import type { Run } from './walk.js';

/** The graph that a walk went over: keys of runs, and by which move one leads to another. */
export function createMap() {
  const edges = new Map<string, { name: string; to: string }[]>();
  const marks = new Map<string, Set<string>>();

  const note = (run: Run, marksOf: (run: Run) => string[]) => {
    const key = run.key();
    for (const mark of marksOf(run)) marks.set(mark, (marks.get(mark) ?? new Set()).add(key));
    if (!edges.has(key)) edges.set(key, []);
    return key;
  };

  return {
    /**
     * The same run, whose moves are noted as they are made.
     *
     * @param marksOf the names under which the state of a run can be asked for later
     */
    chart<R extends Run>(run: R, marksOf: (run: Run) => string[]): R {
      note(run, marksOf);
      const moves = () =>
        Object.fromEntries(
          Object.entries(run.moves()).map(([name, move]) => [
            name,
            () => {
              const from = note(run, marksOf);
              move();
              edges.get(from)?.push({ name, to: note(run, marksOf) });
            },
          ]),
        );
      return { ...run, moves };
    },

    /** The keys from which no way by the moves that count leads to a run with this mark. */
    strandedFrom(mark: string, counts: (move: string) => boolean): string[] {
      const arrived = new Set(marks.get(mark));
      for (let before = -1; before < arrived.size; ) {
        before = arrived.size;
        for (const [key, ways] of edges) {
          if (ways.some(({ name, to }) => counts(name) && arrived.has(to))) arrived.add(key);
        }
      }
      return [...edges.keys()].filter((key) => !arrived.has(key));
    },
  };
}
