import './desk.css';
import { element } from './element.js';
import type { Look } from './look.js';

/** The table that phones and panels lie on. */
export function createDesk({ locale, theme }: Look, ...things: readonly HTMLElement[]): HTMLElement {
  return element('main', { class: 'desk', lang: locale, 'data-theme': theme }, ...things);
}
