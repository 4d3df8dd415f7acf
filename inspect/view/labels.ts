import type { State } from '../chart.js';
import { cut } from '../limits.js';

/** What stands in a state's shape. */
export function labelOf({ key, type }: State): string {
  return cut(type === 'history' ? `${key} (H)` : key, LONGEST);
}

/** A harmless text that is at least as wide as another, in whatever font that will be shown. */
export function roomFor(label: string): string {
  let width = 0;
  for (const character of label) width += character > '\u2e7f' ? WIDE : /[A-Zmw@%…]/.test(character) ? BROAD : USUAL;
  return 'n'.repeat(Math.max(1, Math.ceil(width)));
}

/**
 * Puts labels in the place of what kept their room, in the middle of their shapes.
 *
 * @param svg as the layout wrote it, with the name of each shape in its title
 * @param labels by the name of the shape
 */
export function labelled(svg: string, labels: ReadonlyMap<string, string>): string {
  return svg.replace(SHAPE, (shape: string, name: string) => {
    const label = labels.get(name);
    if (label === undefined) return shape;
    const xs = [...(OUTLINE.exec(shape)?.[1] ?? '').matchAll(/(-?[\d.]+),-?[\d.]+/g)].map(([, x]) => Number(x));
    const middle = ((Math.min(...xs) + Math.max(...xs)) / 2).toFixed(2);
    return shape
      .replace('text-anchor="start"', 'text-anchor="middle"')
      .replace(/(<text[^>]* x=)"[^"]*"([^>]*>)[^<]*/, (_, start: string, end: string) => {
        return `${start}"${middle}"${end}${escaped(label)}`;
      });
  });
}

/** A text within SVG. For control characters and halves of characters XML has no place, however they are written. */
export function escaped(text: string): string {
  return text
    .replace(/(?!\n)[\p{Cc}\p{Cs}\p{Cn}]/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

/** In letters. */
const LONGEST = 40;
/** How wide characters are, as parts of an n, with some room for other fonts. */
const USUAL = 1.06;
const BROAD = 1.5;
const WIDE = 1.9;

const SHAPE = /<g [^>]*class="(?:node|cluster)[^>]*>\s*<title>(?:cluster_)?(s\d+)<\/title>[\s\S]*?<\/g>/g;
const OUTLINE = /(?:\bd|points)="([^"]*)"/;
