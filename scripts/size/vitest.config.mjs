import { defineConfig } from 'vitest/config';

const second = 1000;

/** The one test that counts what crosses the bridge, and a reporter that writes it down. */
export default defineConfig({
  test: {
    include: ['test/components/simulate/set-data.test.ts'],
    environment: 'jsdom',
    reporters: ['default', './scripts/size/traffic-reporter.mjs'],
    testTimeout: 30 * second,
  },
});
