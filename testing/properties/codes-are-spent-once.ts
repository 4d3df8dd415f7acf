import type { Secret } from '../../ports/secret.js';
import { isSecret } from '../identity.js';
import type { StepProperty } from '../property.js';

/**
 * Every secret whose name ends in `code`, such as `jsCode`, however deep it stands in what a call is given (G-01). A code
 * is told from another by being a secret of its own, as `stage.secret` makes them.
 */
export const codesAreSpentOnce: StepProperty = {
  name: 'G-01 no code is spent twice',
  watch() {
    const spent = new WeakSet<Secret>();
    return {
      complaint({ news }) {
        for (const item of news) {
          if (item.type !== 'called') continue;
          const codes = codesIn(item.input);
          if (codes.some((code) => spent.has(code))) return `${item.name} is given a code that was spent before`;
          for (const code of codes) spent.add(code);
        }
        return null;
      },
      markOf: (secret) => (spent.has(secret) ? 'spent' : ''),
    };
  },
};

function codesIn(input: unknown, seen = new Set<object>()): Secret[] {
  if (typeof input !== 'object' || input === null || isSecret(input) || seen.has(input)) return [];
  seen.add(input);
  return Object.entries(input).flatMap(([name, value]) =>
    isSecret(value) ? (/code$/i.test(name) ? [value] : []) : codesIn(value, seen),
  );
}
