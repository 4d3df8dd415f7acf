import './playground.css';
import { codes } from '../../machines/codes.js';
import { session } from '../../machines/session.js';
import { silentLogin } from '../../machines/silent-login.js';
import { statesOf } from '../chart/states.js';
import { createDesk } from '../desk.js';
import { element } from '../element.js';
import { type Look, wear } from '../look.js';
import type { ComponentSource } from '../mini-program/components.js';
import { createPhone } from '../phone/phone.js';
import type { Scene } from '../stage.js';
import { createChartsView } from './charts-view.js';
import { createControls } from './controls.js';
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
  surroundings: Surroundings;
  components: readonly ComponentSource[];
  look: Look;
}

const MACHINES = [session, silentLogin, codes];

/** A phone with the app on it, and beside it its charts, its events, and what may be done to it. */
export function createPlayground({ surroundings, components, look }: PlaygroundOptions): Playground {
  const journal = createJournal(MACHINES.map(statesOf));
  const phone = createPhone({ title: 'denglu', look });
  const charts = createChartsView(MACHINES, journal);
  const simulation = simulate({
    surroundings,
    components,
    screen: phone.screen,
    locale: look.locale,
    inspect: journal.inspect,
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
      simulation.setLocale(next.locale);
      speak(next);
    },
    release: simulation.release,
  };
}
