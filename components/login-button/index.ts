import type { Declared } from '../declared.js';
import { buttonLooks } from '../looks.js';
import { hold, showView } from '../native-surface.js';
import type { LoginButtonView } from './connect.js';
import { controlLoginButton, type LoginButtonControl } from './control.js';
import type { LoginButtonProperties } from './types.js';

const properties = {
  createUser: { type: null, value: null },
  withUnionId: { type: null, value: null },
  accepted: { type: null, value: null },
  fresh: { type: Boolean, value: false },
  ...buttonLooks,
};

const data: { view: LoginButtonView } = {
  view: { label: '', hint: '', busy: false, signedIn: false, hostLogin: false, disabled: false },
};

type Methods = {
  render(view: LoginButtonView): void;
  onTap(): void;
  onHint(): void;
  onHostLogin(): void;
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
    accepted() {
      this.control?.refreshTerms();
    },
  },

  lifetimes: {
    attached() {
      hold(this, controlLoginButton);
    },
    detached() {
      this.control?.release();
    },
  },

  methods: {
    render(view) {
      showView(this, view);
    },
    onTap() {
      this.control?.tap();
    },
    /** A tap beside the button is none on it: pages that hear taps hear nothing of this one. */
    onHint() {},
    onHostLogin() {
      this.control?.hostLogin();
    },
  },
});
