import { changesOf } from '../changes.js';
import type { Declared } from '../declared.js';
import { hostObject } from '../host.js';
import { buttonLooks } from '../looks.js';
import type { LoginButtonView } from './connect.js';
import { controlLoginButton, type LoginButtonControl } from './control.js';
import type { LoginButtonProperties } from './types.js';

const properties = {
  createUser: { type: null, value: null },
  withUnionId: { type: null, value: null },
  ...buttonLooks,
};

const data: { view: LoginButtonView } = {
  view: { label: '', hint: '', busy: false, signedIn: false, disabled: false },
};

type Methods = {
  onTap(): void;
};

interface Parts {
  control?: LoginButtonControl;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: ['denglu-class', 'denglu-label-class', 'denglu-hint-class'],
  properties: properties satisfies Declared<LoginButtonProperties>,
  data,

  observers: {
    'createUser, withUnionId, disabled, locale, texts'() {
      this.control?.refresh();
    },
  },

  lifetimes: {
    attached() {
      this.control ??= controlLoginButton({
        host: hostObject(),
        properties: () => this.data,
        show: (view) => {
          const changes = changesOf('view', this.data.view, view);
          if (changes) this.setData(changes);
        },
        tell: (event, detail) => this.triggerEvent(event, detail),
      });
      this.control.hold();
    },
    detached() {
      this.control?.release();
    },
  },

  methods: {
    onTap() {
      this.control?.tap();
    },
  },
});
