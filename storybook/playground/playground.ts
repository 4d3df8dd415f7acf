import './playground.css';
import { statesOf } from '../../inspect/chart.js';
import { createRecorder } from '../../inspect/recorder.js';
import { createChartsView } from '../../inspect/view/charts-view.js';
import { createCursor } from '../../inspect/view/cursor.js';
import { createHistory } from '../../inspect/view/history.js';
import { layOut } from '../../inspect/view/layout.js';
import { createLogView } from '../../inspect/view/log-view.js';
import { viewSpeaker } from '../../inspect/view/texts.js';
import { createDesk } from '../desk.js';
import { element } from '../element.js';
import { type Look, wear } from '../look.js';
import type { ComponentSource } from '../mini-program/components.js';
import { createPhone } from '../phone/phone.js';
import type { Scene } from '../stage.js';
import { createControls } from './controls.js';
import type { Demo } from './demo.js';
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
  const history = createHistory();
  const cursor = createCursor();
  const recorder = createRecorder(
    { chart: (chart) => history.learn(chart), record: (record) => history.take([record]) },
    Date.now,
  );
  // Those of the component come first, and are there before they run.
  for (const machine of demo.machines) history.learn(statesOf(machine));
  const phone = createPhone({ title: demo.name, look });
  const charts = createChartsView(history, cursor, viewSpeaker(look.locale), layOut);
  const simulation = simulate({
    demo,
    surroundings,
    components,
    phone,
    look,
    inspect: recorder.inspect,
    tell: (component, event, failure) => history.tell(recorder.moment(), component, event, failure),
  });
  const beside = element('div', { class: 'beside' });
  const desk = createDesk(look, element('div', { class: 'playground' }, phone.element, charts.element, beside));

  const log = createLogView(history, cursor, viewSpeaker(look.locale));
  const speak = ({ locale }: Pick<Look, 'locale'>) =>
    beside.replaceChildren(
      createControls(simulation, surroundings.people, locale, () => speak({ locale })),
      element('section', {}, element('h3', {}, speaker(locale)('log')), log.element),
    );
  speak(look);
  return {
    element: desk,
    setLook(next) {
      wear(desk, next);
      phone.setLook(next);
      simulation.setLook(next);
      charts.speak(viewSpeaker(next.locale));
      log.speak(viewSpeaker(next.locale));
      speak(next);
    },
    release() {
      simulation.release();
      charts.release();
      log.release();
    },
  };
}
