import type { AvatarNicknameEvents } from '../avatar-nickname/types.js';
import type { Declared } from '../declared.js';
import { buttonLooks } from '../looks.js';
import { hold, showView } from '../native-surface.js';
import type { ProfileButtonView } from './connect.js';
import { controlProfileButton, type ProfileButtonControl } from './control.js';
import type { ProfileButtonProperties } from './types.js';

const properties = {
  desc: { type: String, value: '' },
  way: { type: String, value: '' },
  sync: { type: null, value: null },
  createUser: { type: null, value: null },
  withUnionId: { type: null, value: null },
  formTexts: { type: Object, value: {} },
  customForm: { type: Boolean, value: false },
  ...buttonLooks,
};

const data: { view: ProfileButtonView } = {
  view: {
    label: '',
    hint: '',
    hostButton: false,
    hostLogin: false,
    form: false,
    fillIn: '',
    busy: false,
    disabled: false,
  },
};

type Methods = {
  render(view: ProfileButtonView): void;
  onTap(): void;
  onHostLogin(): void;
  onHostTap(): void;
  onAnswer(event: { detail: unknown }): void;
  onFillIn(): void;
  onFormSaved(event: { detail: AvatarNicknameEvents['success'] }): void;
  onFormFailed(event: { detail: AvatarNicknameEvents['failure'] }): void;
  onFormDenied(event: { detail: AvatarNicknameEvents['denied'] }): void;
  closeForm(): void;
};

interface Parts {
  control?: ProfileButtonControl;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: ['denglu-class', 'denglu-label-class', 'denglu-hint-class', 'denglu-link-class'],
  properties: properties satisfies Declared<ProfileButtonProperties>,
  data,

  observers: {
    'desc, way, sync, createUser, withUnionId, disabled, locale, texts'() {
      this.control?.refresh();
    },
  },

  lifetimes: {
    attached() {
      hold(this, controlProfileButton);
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
    onHostLogin() {
      this.control?.hostLogin();
    },
    onHostTap() {
      this.control?.hostTap();
    },
    onAnswer({ detail }) {
      this.control?.answer(detail);
    },
    onFillIn() {
      this.control?.fillIn();
    },
    onFormSaved({ detail }) {
      this.control?.formSaved(detail);
    },
    onFormFailed({ detail }) {
      this.control?.formFailed(detail);
    },
    onFormDenied({ detail }) {
      this.control?.formDenied(detail);
    },
    /** Brings the button back; what was filled in and not saved is forgotten. */
    closeForm() {
      this.control?.closeForm();
    },
  },
});
