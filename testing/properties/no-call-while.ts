import type { StepProperty } from '../property.js';
import type { Stage } from '../stage.js';

/**
 * In no step at whose end somebody needs what a call would make worthless is that call begun: the host's login, say,
 * between the moment that a sheet is ready and the answer to it (G-03).
 *
 * @param call its name
 * @param keeper who needs it, in a word; `null` where nobody does
 */
export function noCallWhile(
  call: string,
  keeper: (stage: Stage) => string | null,
  name = `G-03 no ${call} starts between ready and answer`,
): StepProperty {
  return {
    name,
    calls: [call],
    watch: (stage) => ({
      complaint({ news }) {
        if (!news.some((item) => item.type === 'called' && item.name === call)) return null;
        const who = keeper(stage);
        return who === null ? null : `${call} is called while ${who} needs that it is not`;
      },
    }),
  };
}
