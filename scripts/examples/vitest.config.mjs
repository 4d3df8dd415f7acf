import { defineConfig } from 'vitest/config';

const second = 1000;

/** The built examples, driven as apps: `npm run examples` builds them, for their tools are no part of the main install. */
export default defineConfig({
  test: {
    include: ['test/examples/uni-app.test.ts'],
    testTimeout: 30 * second,
    hookTimeout: 30 * second,
  },
});
