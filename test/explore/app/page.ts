import type { Flow, FlowSnapshot } from '../../../machines/flow.js';
import type { Moves, Stage } from '../../../testing/index.js';

/** What is told to a page that has left, see {@link pagesAreLeftAlone}. */
export const TOLD_AFTER_LEAVING = 'told after leaving';

/** So many pages that were left may still be busy when another one is opened: with more, nothing else is different. */
const MOST_BEHIND = 1;

/** A page with one flow: it opens, it is left, and it is told nothing afterwards (G-17). */
export interface PageOf<Opened> {
  readonly flow: Opened | null;
  /** The move by which it is left. */
  readonly ending: string;
  open(): void;
  moves(ofOpen: (flow: Opened) => Moves): Moves;
}

export function createPage<Opened extends Flow<FlowSnapshot>>(
  stage: Stage,
  name: string,
  open: () => Opened,
): PageOf<Opened> {
  let flow: Opened | null = null;
  /** Pages that were left, and whose flows finish what the person has answered. */
  let behind: readonly Opened[] = [];

  const ending = `the ${name} page is left`;
  const start = () => {
    const opened = open();
    opened.subscribe(() => {
      if (flow !== opened) stage.note(TOLD_AFTER_LEAVING, name);
    });
    flow = opened;
  };

  return {
    get flow() {
      return flow;
    },
    open: start,
    ending,
    moves(ofOpen) {
      const opened = flow;
      if (!opened || opened.hasEnded()) {
        behind = behind.filter((left) => !left.hasEnded());
        return behind.length > MOST_BEHIND ? {} : { [`the ${name} page opens`]: start };
      }
      return {
        ...ofOpen(opened),
        [`${name}: cancel`]: () => opened.cancel(),
        [ending]: () => {
          flow = null;
          behind = [...behind, opened];
          opened.leave();
        },
      };
    },
  };
}
