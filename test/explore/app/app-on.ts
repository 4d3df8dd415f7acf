import type { Stage } from '../../../testing/index.js';
import type { Part } from './part.js';
import type { Surroundings } from './ports.js';

/** What the properties of an app ask about beside its charts. */
export interface AppState {
  readonly world: Surroundings;
  readonly parts: readonly Part[];
  /** How many callers wait for a session. */
  waiting(): number;
  /** How many requests are under way, of which no inspector is told. */
  requests(): number;
  /** What went wrong beside the flows, in words. */
  readonly problems: readonly string[];
}

const apps = new WeakMap<Stage, AppState>();

export function placeApp(stage: Stage, app: AppState): void {
  apps.set(stage, app);
}

/** @throws Error where no app was begun on this stage */
export function appOn(stage: Stage): AppState {
  const app = apps.get(stage);
  if (!app) throw new Error('no app was begun on this stage');
  return app;
}
