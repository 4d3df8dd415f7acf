import type { Preview } from '@storybook/html-vite';
import { clearStage } from '../storybook/stage.js';

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
  },
  initialGlobals: { locale: 'zh', theme: 'light' },
  parameters: {
    layout: 'fullscreen',
    options: {
      storySort: { order: ['playground', 'login-button', 'phone-button', 'profile-button', 'avatar-nickname'] },
    },
  },
  beforeEach: () => clearStage,
} satisfies Preview;
