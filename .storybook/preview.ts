import type { Preview } from '@storybook/html-vite';
import { configure } from 'storybook/test';
import { checkPages } from '../storybook/checks.js';
import { platforms } from '../storybook/phone/platforms.js';
import { clearStage } from '../storybook/stage.js';

/** How long a story looks for what it waits for, in milliseconds: machines may be busy. */
configure({ asyncUtilTimeout: 10_000 });

export default {
  globalTypes: {
    locale: {
      description: '语言 · Language',
      toolbar: {
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'zh', title: '中文' },
          { value: 'en', title: 'English' },
        ],
      },
    },
    theme: {
      description: '主题 · Theme',
      toolbar: {
        icon: 'mirror',
        dynamicTitle: true,
        items: [
          { value: 'light', title: '浅色 · Light' },
          { value: 'dark', title: '深色 · Dark' },
        ],
      },
    },
    platform: {
      description: '平台 · Platform',
      toolbar: {
        icon: 'mobile',
        dynamicTitle: true,
        items: Object.entries(platforms)
          .filter(([, { host }]) => host === 'wechat')
          .map(([value, { title }]) => ({ value, title })),
      },
    },
  },
  initialGlobals: { locale: 'zh', theme: 'light', platform: 'ios' },
  parameters: {
    layout: 'fullscreen',
    options: {
      storySort: { order: ['playground', 'login-button', 'phone-button', 'profile-button', 'avatar-nickname'] },
    },
  },
  beforeEach: () => clearStage,
  afterEach: ({ canvasElement }) => checkPages(canvasElement),
} satisfies Preview;
