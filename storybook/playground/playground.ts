import './playground.css';
import { statesOf } from '../chart/states.js';
import { createDesk } from '../desk.js';
import { element } from '../element.js';
import { type Look, wear } from '../look.js';
import type { ComponentSource } from '../mini-program/components.js';
import { createPhone } from '../phone/phone.js';
import type { Scene } from '../stage.js';
import { createChartsView } from './charts-view.js';
import { createControls } from './controls.js';
import type { Demo } from './demo.js';
import { createJournal } from './journal.js';
import { createLogView } from './log-view.js';
import { simulate } from './simulation.js';
import type { Surroundings } from './surroundings.js';
import { speaker } from './texts.js';

export interface Playground extends Scene {
  /** Speaks another language, or wears another theme, while the app goes on. */
  setLook(look: Look): void;
}

export interface PlaygroundOptions {
  demo: Demo;
  surroundings: Surroundings;
  components: readonly ComponentSource[];
  look: Look;
}

/** A phone with the app on it, and beside it its charts, its events, and what may be done to it. */
export function createPlayground({ demo, surroundings, components, look }: PlaygroundOptions): Playground {
  const journal = createJournal(demo.machines.map(statesOf));
  const phone = createPhone({ title: demo.name, look });
  const charts = createChartsView(demo.machines, journal);
  const simulation = simulate({
    demo,
    surroundings,
    components,
    phone,
    look,
    inspect: journal.inspect,
    tell: journal.tell,
  });
  const beside = element('div', { class: 'beside' });
  const desk = createDesk(look, element('div', { class: 'playground' }, phone.element, charts, beside));

  const log = createLogView(journal);
  const speak = ({ locale }: Pick<Look, 'locale'>) =>
    beside.replaceChildren(
      createControls(simulation, surroundings.people, locale, () => speak({ locale })),
      element('section', {}, element('h3', {}, speaker(locale)('log')), log),
    );
  speak(look);
  return {
    element: desk,
    setLook(next) {
      wear(desk, next);
      phone.setLook(next);
      simulation.setLook(next);
      speak(next);
    },
    release: simulation.release,
  };
}
