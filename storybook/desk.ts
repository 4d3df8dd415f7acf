import './desk.css';
import { element } from './element.js';
import { type Look, wear } from './look.js';

/** The table that phones and panels lie on. */
export function createDesk(look: Look, ...things: readonly HTMLElement[]): HTMLElement {
  const desk = element('main', { class: 'desk' }, ...things);
  wear(desk, look);
  return desk;
}
