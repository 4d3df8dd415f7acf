import type { State } from '../chart.js';
import type { LayOut } from './layout.js';
import { pictureOf } from './picture.js';

/** A picture of a machine. Texts that a state has no room for are in its tooltip, those of an arrow likewise. */
export interface Drawing {
  readonly svg: SVGSVGElement;
  /** The shape of each state, by the state's id. */
  readonly states: ReadonlyMap<string, Element>;
  readonly arrows: readonly Arrow[];
  /** How many arrows were left out. */
  readonly omitted: number;
}

export interface Arrow {
  readonly from: string;
  readonly shape: Element;
}

/**
 * Draws the states below a root and the arrows between them.
 *
 * @param root what `statesOf` answered
 */
export async function draw(root: State, layOut: LayOut): Promise<Drawing> {
  const layout = await layOut(root);
  const svg = pictureOf(layout.svg);
  const byTitle = titled(svg);
  const states = new Map<string, Element>();
  for (const { state, shape: name, ring: ringName } of layout.states) {
    const shape = byTitle.get(`cluster_${name}`) ?? byTitle.get(name);
    if (!shape) continue;
    states.set(state.id, shape);
    explain(shape, [state.key, state.description].filter(Boolean).join('\n'));
    putLabelLast(shape);
    const ring = byTitle.get(ringName);
    if (ring) explain(ring, state.key);
  }
  return {
    svg,
    states,
    omitted: layout.omitted,
    arrows: layout.arrows.flatMap(({ from, shape: name, causes }) => {
      const shape = byTitle.get(name);
      if (!shape) return [];
      explain(shape, causes.join('\n'));
      return [{ from, shape }];
    }),
  };
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

/** The layout draws some outlines last, which would hide the label once they are filled. */
function putLabelLast(shape: Element): void {
  const [outline, label] = [shape.querySelector('path'), shape.querySelector('text')];
  if (label && outline) label.before(outline);
}
