import { describe, it } from 'vitest';
import { verify } from '../../testing/index.js';
import { pairs } from './app/pairs.js';
import { flowsAlone } from './flows/all.js';

// A short bound for every day; `npm run explore` goes all the way.
describe.each([...flowsAlone, ...pairs])('$name', (exploration) => {
  it('keeps the guarantees, whatever happens in three moves', () =>
    verify({ ...exploration, bound: { ...exploration.bound, moves: 3 } }, { merges: 20 }));
});
