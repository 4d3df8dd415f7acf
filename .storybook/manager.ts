import { addons } from 'storybook/manager-api';
import { create } from 'storybook/theming';

addons.setConfig({
  theme: create({ base: 'light', brandTitle: 'denglu 登录', colorPrimary: '#07a050', colorSecondary: '#07a050' }),
  layoutCustomisations: {
    /** The playground brings its own controls, and wants the room. */
    showPanel: ({ storyId }, asSet) => (storyId?.startsWith('playground') ? false : asSet),
  },
});
