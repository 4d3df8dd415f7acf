import type { Secret } from '../../ports/secret.js';
import { isSecret } from '../identity.js';
import type { StepProperty } from '../property.js';

/** Every secret that is called `code` in what a call is given (G-01). */
export const codesAreSpentOnce: StepProperty = {
  name: 'G-01 no code is spent twice',
  watch() {
    const spent = new WeakSet<Secret>();
    return {
      complaint({ news }) {
        for (const item of news) {
          const code = item.type === 'called' ? codeIn(item.input) : null;
          if (!code || item.type !== 'called') continue;
          if (spent.has(code)) return `${item.name} is given a code that was spent before`;
          spent.add(code);
        }
        return null;
      },
      markOf: (secret) => (spent.has(secret) ? 'spent' : ''),
    };
  },
};

function codeIn(input: unknown): Secret | null {
  const code: unknown = typeof input === 'object' && input !== null && 'code' in input ? input.code : null;
  return isSecret(code) ? code : null;
}
