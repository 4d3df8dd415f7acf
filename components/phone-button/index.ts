import { changesOf } from '../changes.js';
import type { Declared } from '../declared.js';
import { hostObject } from '../host.js';
import { buttonLooks } from '../looks.js';
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
    busy: false,
    otherWay: false,
    disabled: false,
  },
};

type Methods = {
  onTap(): void;
  onWant(): void;
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
      this.control ??= controlPhoneButton({
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
    onWant() {
      this.control?.want();
    },
    onAnswer({ detail }) {
      this.control?.answer(detail);
    },
  },
});
