import { changesOf } from '../changes.js';
import { hostObject } from '../host.js';
import { buttonLooks } from '../looks.js';
import type { PhoneButtonView } from './connect.js';
import { controlPhoneButton, type PhoneButtonControl } from './control.js';

const properties = {
  /** `signIn`, or `update` to add or change the number of whoever is signed in. */
  mode: { type: String, value: 'signIn' },
  /** Whether a user is made where there is none; left out, as `createAuth` has it. */
  createUser: { type: null, value: null },
  /** Whether a user of the same person in another app counts as this one; left out, as `createAuth` has it. */
  withUnionId: { type: null, value: null },
  /** In the mode `update`: whether another number gives way. */
  overwrite: { type: Boolean, value: true },
  /** Whether the number is also checked to be in use, where the host can do so (W-15). */
  realtime: { type: Boolean, value: false },
  /** Whether the same tap asks for consent to the privacy guide, where the host can do so (G-14). */
  coupled: { type: Boolean, value: false },
  /** Whether the app's terms are accepted; left out, there are none (G-16). */
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
  properties,
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
