import { defineConfig } from 'vitest/config';

const second = 1000;

/**
 * The tests of the guarantees alone, all in one thread: a run takes a second or two, and there is one for each guarantee.
 * They share modules, so what a red test leaves on the global object is cleared away before the next.
 */
export default defineConfig({
  test: {
    include: ['test/guarantees/*.test.ts'],
    pool: 'threads',
    isolate: false,
    unstubGlobals: true,
    testTimeout: 10 * second,
  },
});
