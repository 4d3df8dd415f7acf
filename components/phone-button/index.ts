import type { Declared } from '../declared.js';
import { buttonLooks } from '../looks.js';
import { hold, showView } from '../native-surface.js';
import type { PhoneButtonView } from './connect.js';
import { controlPhoneButton, type PhoneButtonControl } from './control.js';
import type { PhoneButtonProperties } from './types.js';

const properties = {
  mode: { type: String, value: 'signIn' },
  createUser: { type: null, value: null },
  withUnionId: { type: null, value: null },
  overwrite: { type: Boolean, value: true },
  realtime: { type: Boolean, value: false },
  coupled: { type: Boolean, value: false },
  accepted: { type: null, value: null },
  ...buttonLooks,
};

const data: { view: PhoneButtonView } = {
  view: {
    label: '',
    hint: '',
    live: false,
    openType: 'getPhoneNumber',
    hostLogin: false,
    busy: false,
    otherWay: false,
    disabled: false,
  },
};

type Methods = {
  render(view: PhoneButtonView): void;
  onTap(): void;
  onWant(): void;
  onHostLogin(): void;
  onAnswer(event: { detail: unknown }): void;
};

interface Parts {
  control?: PhoneButtonControl;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: ['denglu-class', 'denglu-label-class', 'denglu-hint-class'],
  properties: properties satisfies Declared<PhoneButtonProperties>,
  data,

  observers: {
    'mode, createUser, withUnionId, overwrite, realtime, coupled, disabled, locale, texts'() {
      this.control?.refresh();
    },
    accepted() {
      this.control?.refreshTerms();
    },
  },

  lifetimes: {
    attached() {
      hold(this, controlPhoneButton);
    },
    detached() {
      this.control?.release();
    },
  },

  pageLifetimes: {
    show() {
      this.control?.setHidden(false);
    },
    hide() {
      this.control?.setHidden(true);
    },
  },

  methods: {
    render(view) {
      showView(this, view);
    },
    onTap() {
      this.control?.tap();
    },
    onWant() {
      this.control?.want();
    },
    onHostLogin() {
      this.control?.hostLogin();
    },
    onAnswer({ detail }) {
      this.control?.answer(detail);
    },
  },
});
