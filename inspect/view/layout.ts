import { type IState, type IStateMachine, type ITransition, render } from 'state-machine-cat';
import { type State, withDescendants } from '../chart.js';
import { labelled, labelOf, roomFor } from './labels.js';

/** A chart as SVG text, and which of its shapes stands for what. The name of each shape is in its title. */
export interface Layout {
  readonly svg: string;
  /** The states that were drawn: the name of its shape, and of the ring inside that stands for it, if there is one. */
  readonly states: readonly { readonly state: State; readonly shape: string; readonly ring: string }[];
  readonly arrows: readonly {
    readonly from: string;
    readonly shape: string;
    readonly causes: readonly string[];
  }[];
  /** How many arrows were left out, because there were too many. */
  readonly omitted: number;
}

/** How a chart is laid out: here, or elsewhere. It fails where that takes too long. */
export type LayOut = (root: State) => Promise<Layout>;

/**
 * Lays out the states below a root and the arrows between them. Causes are left out: with all of them written out the
 * chart of the session is 1,300 points wide, and without 500.
 *
 * A chart may come from anywhere, so that no name of it reaches the layout's own language: shapes are numbered, and something
 * harmless keeps the room for each label. Of arrows it draws no more than anybody could follow.
 *
 * @param root what `statesOf` answered
 */
export async function layOut(root: State): Promise<Layout> {
  const numbers = new Map(withDescendants(root).map(({ id }, index) => [id, `s${index}`]));
  const named = (id: string) => numbers.get(id) ?? 'nowhere';
  const parents = new Map(
    withDescendants(root).flatMap((state) => state.children.map((child) => [child.id, state.id] as const)),
  );
  const isInside = (id: string, outer: string): boolean => {
    const parent = parents.get(id);
    return parent !== undefined && (parent === outer || isInside(parent, outer));
  };
  const ringOf = (id: string) => `${named(id)}r`;
  const dotOf = ({ id }: State) => `${named(id)}d`;

  /** An arrow between a state and one inside it has no border to touch: a ring inside stands for the outer one. */
  const endsOf = ({ from, to }: Line): Line => {
    if (isInside(to, from)) return { from: ringOf(from), to: named(to) };
    if (isInside(from, to)) return { from: named(from), to: ringOf(to) };
    return { from: named(from), to: named(to) };
  };
  const startsOf = (state: State): Line[] => [
    ...state.start.filter((to) => numbers.has(to)).map((to) => ({ from: dotOf(state), to: named(to) })),
    ...state.children.flatMap(startsOf),
  ];
  const boxesOf = (state: State, ends: ReadonlySet<string>): IState[] => {
    const start: IState[] = state.start.length > 0 ? [{ name: dotOf(state), type: 'initial' }] : [];
    const ring: IState[] = ends.has(ringOf(state.id))
      ? [{ name: ringOf(state.id), type: 'junction', class: 'ring' }]
      : [];
    return [
      ...start,
      ...ring,
      ...state.children.map(
        (child): IState => ({
          name: named(child.id),
          label: roomFor(labelOf(child)),
          type: child.type === 'parallel' ? 'parallel' : 'regular',
          class: child.type,
          ...(child.children.length > 0 && { statemachine: { states: boxesOf(child, ends) } }),
        }),
      ),
    ];
  };

  const all = root.children.flatMap(arrowsOf).filter(({ to }) => numbers.has(to) && to !== root.id);
  const arrows = all.slice(0, MOST_ARROWS);
  const shown = root.children.flatMap(withDescendants);
  const lines = [...startsOf(root), ...arrows.map(endsOf)];
  const machine: IStateMachine = {
    states: boxesOf(root, new Set(lines.flatMap(({ from, to }) => [from, to]))),
    transitions: lines.map((line, id) => ({ id, ...line })),
  };
  const svg = await render(machine, {
    inputType: 'json',
    outputType: 'svg',
    dotGraphAttrs: [
      { name: 'ranksep', value: '0.3' },
      { name: 'nodesep', value: '0.25' },
      { name: 'margin', value: String(ROOM) },
    ],
    dotEdgeAttrs: [
      { name: 'arrowsize', value: '0.7' },
      // There are no labels, but their room is kept all the same.
      { name: 'fontsize', value: '1' },
    ],
  });
  return {
    svg: labelled(withoutMargin(String(svg)), new Map(shown.map((state) => [named(state.id), labelOf(state)]))),
    states: shown.map((state) => ({ state, shape: named(state.id), ring: ringOf(state.id) })),
    arrows: arrows.map((arrow) => {
      const { from, to } = endsOf(arrow);
      return { from: arrow.from, shape: `${from}->${to}`, causes: arrow.causes };
    }),
    omitted: all.length - arrows.length,
  };
}

/** More are a black ball, and take minutes to lay out. */
const MOST_ARROWS = 2000;

type Line = Pick<ITransition, 'from' | 'to'>;

/** Around a state that has others inside, in points: for the head of an arrow and a line that can be seen. */
const ROOM = 18;

/** The layout takes one margin for such states and for the page, where it is in inches and the picture begins after it. */
function withoutMargin(svg: string): string {
  const frame = /width="[^"]*" height="[^"]*"\s+viewBox="([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)"/;
  return svg.replace(frame, (_, ...numbers: string[]) => {
    const [x = 0, y = 0, width = 0, height = 0] = numbers.slice(0, 4).map(Number);
    const size = [width - x, height - y].map((side) => side.toFixed(2));
    return `width="${size[0]}pt" height="${size[1]}pt" viewBox="${x} ${y} ${size.join(' ')}"`;
  });
}

function arrowsOf(state: State): (Line & { causes: string[] })[] {
  const causes = new Map<string, string[]>();
  for (const { cause, guard, to } of state.moves) {
    if (to) causes.set(to.id, [...(causes.get(to.id) ?? []), `${cause} ${guard}`.trim()]);
  }
  return [...[...causes].map(([to, causes]) => ({ from: state.id, to, causes })), ...state.children.flatMap(arrowsOf)];
}
