import type { AnyStateMachine } from 'xstate';
import { statesOf } from '../chart.js';
import { escaped } from '../view/labels.js';
import { layOut } from '../view/layout.js';

/**
 * A chart as a picture: a text of SVG that needs nothing else. What each state is for, and what leads along each arrow, is
 * in its tooltip.
 *
 * @param machine any machine; it is not run
 */
export async function svg(machine: AnyStateMachine): Promise<string> {
  const { svg, states, arrows } = await layOut(statesOf(machine));
  const titles = new Map<string, string>();
  for (const { state, shape, ring } of states) {
    titles.set(shape, state.description ?? state.key);
    titles.set(`cluster_${shape}`, state.description ?? state.key);
    titles.set(ring, state.key);
  }
  for (const { shape, causes } of arrows) titles.set(shape, causes.join('\n'));
  return svg.replace(RING, '$1$2fill="none"').replace(/<title>([^<]*)<\/title>/g, (_, name: string) => {
    const title = titles.get(name.replace(/&#45;/g, '-').replace(/&gt;/g, '>'));
    return `<title>${escaped(title ?? '')}</title>`;
  });
}

/** What stands for a state inside itself is no start of it, which is filled. */
const RING = /(<g [^>]*class="[^"]*\bring\b[^"]*">\s*<title>[^<]*<\/title>\s*)(<ellipse )fill="[^"]*"/g;
