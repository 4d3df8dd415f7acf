import type { Declared } from '../declared.js';
import { looks } from '../looks.js';
import { hold, showView } from '../native-surface.js';
import type { LinkAccountView } from './connect.js';
import { controlLinkAccount, type LinkAccountControl } from './control.js';
import type { LinkAccountProperties } from './types.js';

const properties = {
  mode: { type: String, value: 'register' },
  by: { type: String, value: '' },
  withUnionId: { type: null, value: null },
  ...looks,
};

const data: { view: LinkAccountView } = {
  view: {
    stage: 'form',
    title: '',
    note: '',
    nameLabel: '',
    passwordLabel: '',
    action: '',
    other: '',
    hint: '',
    busy: false,
    hostLogin: false,
    disabled: false,
    otherDisabled: false,
  },
};

type Methods = {
  render(view: LinkAccountView): void;
  onSubmit(event: { detail: { value?: unknown } }): void;
  onAction(): void;
  onHostLogin(): void;
  onOther(): void;
};

interface Parts {
  control?: LinkAccountControl;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: ['denglu-class', 'denglu-input-class', 'denglu-button-class', 'denglu-hint-class'],
  properties: properties satisfies Declared<LinkAccountProperties>,
  data,

  observers: {
    mode() {
      this.control?.refreshMode();
    },
    withUnionId() {
      this.control?.refresh();
    },
    'by, disabled, locale, texts'() {
      this.control?.render();
    },
  },

  lifetimes: {
    attached() {
      hold(this, controlLinkAccount);
    },
    detached() {
      this.control?.release();
    },
  },

  methods: {
    render(view) {
      showView(this, view);
    },
    onSubmit({ detail }) {
      this.control?.submit(detail.value);
    },
    onAction() {
      this.control?.act();
    },
    onHostLogin() {
      this.control?.hostLogin();
    },
    onOther() {
      this.control?.other();
    },
  },
});
