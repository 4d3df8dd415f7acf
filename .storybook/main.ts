import type { StorybookConfig } from '@storybook/html-vite';
import { mergeConfig } from 'vite';
import { wxml } from './wxml.js';

export default {
  framework: '@storybook/html-vite',
  stories: ['../storybook/*.stories.ts'],
  addons: ['@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  features: {
    actions: false,
    backgrounds: false,
    measure: false,
    outline: false,
    viewport: false,
    menuOnboardingChecklist: false,
    sidebarOnboardingChecklist: false,
  },
  viteFinal: (config) =>
    mergeConfig(config, {
      plugins: [wxml()],
      // What stories import late is made ready early: a page that is open would be loaded anew for it.
      optimizeDeps: {
        include: ['glass-easel', 'glass-easel-miniprogram-adapter', 'san', 'state-machine-cat', 'xstate'],
      },
      // Tests and tools write there while a page is open, and vite loads all pages anew for an HTML file.
      server: { watch: { ignored: ['**/.cache/**', '**/dist/**', '**/miniprogram_dist/**'] } },
      // Charts show the names of functions, such as guards.
      build: { minify: false },
    }),
} satisfies StorybookConfig;
