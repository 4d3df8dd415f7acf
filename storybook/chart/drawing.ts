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
  const machine: IStateMachine = {
    states: boxesOf(root),
    transitions: [...startsOf(root), ...arrows].map(({ from, to }, id) => ({ id, from, to })),
  };
  const svg = parse(
    await render(machine, {
      inputType: 'json',
      dotGraphAttrs: [
        { name: 'ranksep', value: '0.3' },
        { name: 'nodesep', value: '0.25' },
      ],
    }),
  );
  const byTitle = titled(svg);
  const states = new Map<string, Element>();
  for (const state of root.children.flatMap(withDescendants)) {
    const shape = byTitle.get(`cluster_${state.id}`) ?? byTitle.get(state.id);
    if (!shape) continue;
    states.set(state.id, shape);
    explain(shape, state.description ?? state.key);
    centreText(shape);
  }
  return {
    svg,
    states,
    arrows: arrows.flatMap(({ from, to, causes }) => {
      const shape = byTitle.get(`${from}->${to}`);
      if (!shape) return [];
      explain(shape, causes.join('\n'));
      return [{ from, shape }];
    }),
  };
}

function boxesOf(state: State): IState[] {
  const start: IState[] = state.start.length > 0 ? [{ name: dotOf(state), type: 'initial' }] : [];
  return [
    ...start,
    ...state.children.map(
      (child): IState => ({
        name: child.id,
        label: child.key,
        type: child.type === 'parallel' ? 'parallel' : 'regular',
        class: child.type,
        ...(child.children.length > 0 && { statemachine: { states: boxesOf(child) } }),
      }),
    ),
  ];
}

type Line = Pick<ITransition, 'from' | 'to'>;

function dotOf(state: State): string {
  return `${state.id}.(start)`;
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
