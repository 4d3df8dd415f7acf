import { type IState, type IStateMachine, type ITransition, render } from 'state-machine-cat';
import { type State, withDescendants } from './states.js';

/** A picture of a machine. Texts that a state has no room for are in its tooltip, those of an arrow likewise. */
export interface Drawing {
  readonly svg: SVGSVGElement;
  /** The shape of each state, by the state's id. */
  readonly states: ReadonlyMap<string, Element>;
  readonly arrows: readonly Arrow[];
}

export interface Arrow {
  readonly from: string;
  readonly shape: Element;
}

/**
 * Draws the states below a root and the arrows between them. Causes are left to the tooltips: with all of them written
 * out the chart of the session is 1,300 points wide, and without 500.
 *
 * @param root what `statesOf` answered
 */
export async function draw(root: State): Promise<Drawing> {
  const arrows = root.children.flatMap(arrowsOf);
  const lines = [...startsOf(root), ...arrows.map(endsOf)];
  const machine: IStateMachine = {
    states: boxesOf(root, new Set(lines.flatMap(({ from, to }) => [from, to]))),
    transitions: lines.map((line, id) => ({ id, ...line })),
  };
  const svg = parse(
    await render(machine, {
      inputType: 'json',
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
    }),
  );
  cutMargin(svg);
  const byTitle = titled(svg);
  const states = new Map<string, Element>();
  for (const state of root.children.flatMap(withDescendants)) {
    const shape = byTitle.get(`cluster_${state.id}`) ?? byTitle.get(state.id);
    if (!shape) continue;
    states.set(state.id, shape);
    explain(shape, state.description ?? state.key);
    centreText(shape);
    const ring = byTitle.get(ringOf(state.id));
    if (ring) explain(ring, state.key);
  }
  return {
    svg,
    states,
    arrows: arrows.flatMap((arrow) => {
      const { from, to } = endsOf(arrow);
      const shape = byTitle.get(`${from}->${to}`);
      if (!shape) return [];
      explain(shape, arrow.causes.join('\n'));
      return [{ from: arrow.from, shape }];
    }),
  };
}

function boxesOf(state: State, ends: ReadonlySet<string>): IState[] {
  const start: IState[] = state.start.length > 0 ? [{ name: dotOf(state), type: 'initial' }] : [];
  const ring: IState[] = ends.has(ringOf(state.id))
    ? [{ name: ringOf(state.id), type: 'junction', class: 'ring' }]
    : [];
  return [
    ...start,
    ...ring,
    ...state.children.map(
      (child): IState => ({
        name: child.id,
        label: child.key,
        type: child.type === 'parallel' ? 'parallel' : 'regular',
        class: child.type,
        ...(child.children.length > 0 && { statemachine: { states: boxesOf(child, ends) } }),
      }),
    ),
  ];
}

type Line = Pick<ITransition, 'from' | 'to'>;

function dotOf(state: State): string {
  return `${state.id}.(start)`;
}

function ringOf(id: string): string {
  return `${id}.(self)`;
}

/** An arrow between a state and one inside it has no border to touch: a ring inside stands for the outer one. */
function endsOf({ from, to }: Line): Line {
  if (to.startsWith(`${from}.`)) return { from: ringOf(from), to };
  if (from.startsWith(`${to}.`)) return { from, to: ringOf(to) };
  return { from, to };
}

function startsOf(state: State): Line[] {
  return [...state.start.map((to) => ({ from: dotOf(state), to })), ...state.children.flatMap(startsOf)];
}

function arrowsOf(state: State): (Line & { causes: string[] })[] {
  const causes = new Map<string, string[]>();
  for (const { cause, guard, to } of state.moves) {
    if (to) causes.set(to.id, [...(causes.get(to.id) ?? []), `${cause} ${guard}`.trim()]);
  }
  return [...[...causes].map(([to, causes]) => ({ from: state.id, to, causes })), ...state.children.flatMap(arrowsOf)];
}

function parse(source: string): SVGSVGElement {
  const { documentElement } = new DOMParser().parseFromString(source, 'image/svg+xml');
  if (!(documentElement instanceof SVGSVGElement)) throw new Error('The chart could not be drawn.');
  return document.adoptNode(documentElement);
}

/** Around a state that has others inside, in points: for the head of an arrow and a line that can be seen. */
const ROOM = 18;

/** The layout takes one margin for such states and for the page, where it is in inches and the picture begins after it. */
function cutMargin(svg: SVGSVGElement): void {
  const { x, y, width, height } = svg.viewBox.baseVal;
  svg.setAttribute('viewBox', `${x} ${y} ${width - x} ${height - y}`);
  svg.setAttribute('width', `${width - x}pt`);
  svg.setAttribute('height', `${height - y}pt`);
}

/** Graphviz writes the name of each shape into its title. */
function titled(svg: SVGSVGElement): Map<string, Element> {
  const shapes = new Map<string, Element>();
  for (const shape of svg.querySelectorAll('g.node, g.cluster, g.edge')) {
    shapes.set(shape.querySelector('title')?.textContent ?? '', shape);
  }
  return shapes;
}

function explain(shape: Element, text: string): void {
  const title = shape.querySelector('title');
  if (title) title.textContent = text;
}

/**
 * The layout knows the widths of Helvetica only, so a label of any other font would start at its place and stand off.
 * And it draws the outline last, which would hide the label once it is filled.
 */
function centreText(shape: Element): void {
  const outline = shape.querySelector('path');
  const label = shape.querySelector('text');
  if (!label || !outline) return;
  label.before(outline);
  const xs = [...(outline.getAttribute('d') ?? '').matchAll(/(-?[\d.]+),-?[\d.]+/g)].map(([, x]) => Number(x));
  label.setAttribute('text-anchor', 'middle');
  label.setAttribute('x', String((Math.min(...xs) + Math.max(...xs)) / 2));
}
