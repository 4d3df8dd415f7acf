import { trusted } from './trusted.js';

/** What a drawing may consist of. Nothing of it can run, load or lead anywhere. */
const SHAPES = new Set(['svg', 'g', 'title', 'path', 'polygon', 'polyline', 'ellipse', 'text']);
const ATTRIBUTES = new Set(
  'class d points x y cx cy rx ry width height viewBox transform text-anchor fill fill-opacity stroke stroke-dasharray'.split(
    ' ',
  ),
);

/**
 * Makes a picture of SVG text, element by element: what is not known to be harmless is left out. The parsed document
 * itself is never shown.
 *
 * @throws Error where the text is no SVG
 */
export function pictureOf(source: string): SVGSVGElement {
  const { documentElement } = new DOMParser().parseFromString(trusted.createHTML(source), 'image/svg+xml');
  const copy = copyOf(documentElement);
  if (!(copy instanceof SVGSVGElement)) throw new Error('The chart could not be drawn.');
  return copy;
}

const SVG = 'http://www.w3.org/2000/svg';

function copyOf(original: Element): SVGElement | null {
  if (!SHAPES.has(original.localName)) return null;
  const copy = document.createElementNS(SVG, original.localName);
  for (const { name, value } of original.attributes) if (ATTRIBUTES.has(name)) copy.setAttribute(name, value);
  for (const child of original.childNodes) {
    const made =
      child instanceof Element ? copyOf(child) : child.nodeType === Node.TEXT_NODE ? child.textContent : null;
    if (made) copy.append(made);
  }
  return copy;
}
