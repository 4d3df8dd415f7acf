import { fileURLToPath } from 'node:url';
import { STORYBOOK_TEST_INITIAL_GLOBALS_PROVIDE_KEY } from '@storybook/addon-vitest/constants';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findBrowser, launchArgs } from './scripts/browser.mjs';

const SIMULATE = 'test/components/simulate/**/*.test.ts';
const END_TO_END = 'test/e2e/**/*.test.ts';
/** Built by tools that are no part of the main install: `npm run examples`. */
const EXAMPLES = 'test/examples/uni-app.test.ts';
/** Of databases that have to be started first: `npm run databases`. */
const DATABASES = 'test/databases/**/*.test.ts';
const second = 1000;

/** Two of the three make up each pair of what the toolbar sets, once; with all three in every mix there would be eight. */
const looks = [
  { locale: 'zh', theme: 'light', platform: 'ios' },
  { locale: 'zh', theme: 'dark', platform: 'android' },
  { locale: 'en', theme: 'light', platform: 'android' },
  { locale: 'en', theme: 'dark', platform: 'ios' },
];

const executablePath = await findBrowser();

export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'node',
          alias: { 'denglu-server': fileURLToPath(new URL('server/index.ts', import.meta.url)) },
          include: ['test/**/*.test.ts'],
          exclude: [SIMULATE, END_TO_END, EXAMPLES, ...(process.env.TEST_ENGINE ? [] : [DATABASES])],
          testTimeout: 30 * second,
          hookTimeout: 30 * second,
        },
      },
      {
        test: {
          name: 'miniprogram-simulate',
          include: [SIMULATE],
          environment: 'jsdom',
          testTimeout: 30 * second,
        },
      },
      {
        plugins: [storybookTest({ configDir: '.storybook' })],
        test: {
          name: 'storybook',
          testTimeout: 30 * second,
          sequence: { groupOrder: 1 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { args: launchArgs, ...(executablePath === undefined ? {} : { executablePath }) },
            }),
            instances: looks.map((look) => ({
              browser: 'chromium',
              name: `storybook ${Object.values(look).join('-')}`,
              provide: { [STORYBOOK_TEST_INITIAL_GLOBALS_PROVIDE_KEY]: look },
            })),
          },
        },
      },
      {
        test: {
          name: 'e2e',
          include: [END_TO_END],
          testTimeout: 60 * second,
          hookTimeout: 180 * second,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
