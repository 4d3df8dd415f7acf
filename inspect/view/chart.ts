import type { StateValue } from 'xstate';
import { activeStates, type Move, type State } from '../chart.js';
import './chart.css';
import { type Drawing, draw } from './drawing.js';
import { element } from './element.js';
import type { LayOut } from './layout.js';
import { listStates } from './state-list.js';

/** A machine on the page: its chart, and in words what the state that it is in may do. */
export interface Chart {
  readonly element: HTMLElement;
  /** Lights the states that the machine is in. `null`: it does not run. */
  light(value: StateValue | null): void;
  /** It has come into sight: what is too wide to be seen as a whole shows where the machine is. */
  reveal(): void;
}

/**
 * Draws a chart, once it is looked at. One that cannot be drawn is shown as the list of its states.
 *
 * @param root what `statesOf` answered
 */
export function createChart(root: State, layOut: LayOut): Chart {
  const picture = element('div', { class: 'chart-picture' });
  const words = element('div', { class: 'chart-words', lang: 'en' });
  let active: readonly State[] = [];
  let drawing: Pick<Drawing, 'states' | 'arrows'> | undefined;
  let lit = '';

  const reveal = () => scrollTo(picture, active.flatMap(({ id }) => drawing?.states.get(id) ?? []).at(-1));
  const show = () => {
    words.replaceChildren(...(active.length > 0 ? [...active].reverse() : [root]).map(describe));
    if (!drawing) return;
    lightUp(drawing, new Set(active.map(({ id }) => id)));
    reveal();
  };
  const put = (made: HTMLElement | SVGSVGElement, next: Pick<Drawing, 'states' | 'arrows'>) => {
    drawing = next;
    picture.append(made);
    show();
  };
  const drawNow = () =>
    (root.children.length > 0 ? draw(root, layOut) : Promise.reject(new Error('there is nothing to draw'))).then(
      (done) => {
        picture.classList.toggle('chart-picture--wide', done.svg.viewBox.baseVal.width > WIDE);
        put(done.svg, done);
        if (done.omitted > 0) words.before(element('p', { class: 'chart-omitted' }, `→ … +${done.omitted}`));
      },
      () => {
        const list = listStates(root);
        put(list.element, { states: list.states, arrows: [] });
      },
    );
  // Many charts may be told of, and few be looked at.
  const seen = new ResizeObserver(() => {
    if (whole.clientHeight === 0) return;
    seen.disconnect();
    void drawNow();
  });

  const whole = element('section', { class: 'chart', 'aria-label': root.key }, picture, words);
  seen.observe(whole);
  show();
  return {
    element: whole,
    reveal,
    light(value) {
      active = value === null ? [] : activeStates(root, value);
      const next = active.map(({ id }) => id).join();
      if (next === lit) return;
      lit = next;
      show();
    },
  };
}

/** In points: what is wider cannot be read where it is made to fit. */
const WIDE = 900;

/** Brings a shape to the middle of what shows it. The page itself stays where it is. */
function scrollTo(picture: HTMLElement, shape: Element | undefined): void {
  if (!shape) return;
  const [frame, at] = [picture.getBoundingClientRect(), shape.getBoundingClientRect()];
  picture.scrollBy({
    left: at.left + at.width / 2 - (frame.left + frame.width / 2),
    top: at.top + at.height / 2 - (frame.top + frame.height / 2),
  });
}

function lightUp({ states, arrows }: Pick<Drawing, 'states' | 'arrows'>, active: ReadonlySet<string>): void {
  for (const [id, shape] of states) shape.classList.toggle('active', active.has(id));
  for (const { from, shape } of arrows) shape.classList.toggle('possible', active.has(from));
}

function describe(state: State): HTMLElement {
  return element(
    'div',
    { class: 'chart-state' },
    element('h4', {}, state.key),
    element('p', {}, state.description ?? ''),
    element(
      'ul',
      {},
      ...state.invokes.map((name) => element('li', { class: 'chart-invoke' }, `⟳ ${name}`)),
      ...state.moves.map(move),
    ),
  );
}

function move({ cause, guard, to }: Move): HTMLElement {
  return element('li', {}, `${cause} ${guard}`.trim(), element('b', {}, to ? ` → ${to.key}` : ''));
}
