import type { State } from '../chart.js';
import type { Log } from '../log-file.js';
import type { InspectionRecord } from '../record.js';
import { type Difference, type Replay, replay } from '../replay.js';
import { createChartsView } from '../view/charts-view.js';
import { createCursor } from '../view/cursor.js';
import { element } from '../view/element.js';
import { createHistory, pathOf } from '../view/history.js';
import type { LayOut } from '../view/layout.js';
import { createLogView } from '../view/log-view.js';
import type { ViewSay } from '../view/texts.js';
import { described } from './describe.js';

/** One run of an app on the page, live or from a file. */
export interface Session {
  readonly element: HTMLElement;
  /** The newest record that has come. */
  readonly seq: number;
  learn(chart: State): void;
  take(records: readonly InspectionRecord[]): void;
  log(name: string): Log;
  /** Replays what has come so far against the flows, and marks where they go elsewhere. */
  replay(): Replay;
  speak(say: ViewSay): void;
}

export function createSession(say: ViewSay, layOut: LayOut): Session {
  const history = createHistory();
  const cursor = createCursor();
  const charts = createChartsView(history, cursor, say, layOut, 'session');
  const log = createLogView(history, cursor, say);
  let seq = 0;

  return {
    element: element('div', { class: 'session' }, charts.element, log.element),
    get seq() {
      return seq;
    },
    learn: (chart) => history.learn(described(chart)),
    take(records) {
      // After a connection was lost some may come once more.
      const fresh = records.filter((record) => record.seq > seq);
      seq = fresh.reduce((newest, record) => Math.max(newest, record.seq), seq);
      if (fresh.length > 0) history.take(fresh);
    },
    log: (name) => ({ name, charts: history.charts, records: history.records }),
    replay() {
      const told = replay(history);
      log.mark(new Map(told.differences.map((difference) => [difference.seq, whereTo(difference)])));
      const [first] = told.differences;
      const entry = history.entries.find(({ record }) => record !== null && record.seq === first?.seq);
      if (entry) cursor.travel(entry.order);
      return told;
    },
    speak(next) {
      charts.speak(next);
      log.speak(next);
    },
  };
}

function whereTo({ replayed }: Difference): string {
  return replayed instanceof Error ? replayed.message : pathOf(replayed);
}
