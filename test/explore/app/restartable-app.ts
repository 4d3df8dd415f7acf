import { type AuthCore, composeAuth } from '../../../machines/create-auth.js';
import type { Platform } from '../../../ports/platform.js';
import type { Stage } from '../../../testing/index.js';
import { shortWaits } from '../flows/timing.js';
import { createSurroundings, type Surroundings } from './ports.js';

/** One auth for all runs: to bind its charts anew takes longer than a hundred steps. */
export interface RestartableApp {
  /** The auth as if it had just been made, on another host, with another server. */
  restart(stage: Stage): { core: AuthCore; world: Surroundings; problems: readonly string[] };
}

interface Run {
  readonly stage: Stage;
  readonly world: Surroundings;
  readonly problems: string[];
}

export function createRestartableApp(abilities: Partial<Platform['abilities']>): RestartableApp {
  let run: Run | null = null;
  let core: AuthCore | null = null;

  const now = (): Run => {
    if (!run) throw new Error('no run has begun');
    return run;
  };
  const compose = () =>
    composeAuth({
      platform: throughout(() => now().world.platform),
      backend: () => throughout(() => now().world.backend),
      timing: shortWaits,
      clock: throughout(() => now().stage.clock),
      random: () => now().stage.random(),
      inspect: (event) => now().stage.inspect(event),
      onProblem: ({ message }) => now().problems.push(message),
    });

  return {
    restart(stage) {
      const world = createSurroundings(stage, abilities);
      const problems: string[] = [];
      run = { stage, world, problems };
      core ??= compose();
      return { core, world, problems };
    },
  };
}

/** Stands for whatever is the current one. */
function throughout<Part extends object>(current: () => Part): Part {
  return new Proxy(current(), { get: (_, name) => Reflect.get(current(), name) });
}
