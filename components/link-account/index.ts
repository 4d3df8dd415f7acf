import { changesOf } from '../changes.js';
import type { Declared } from '../declared.js';
import { hostObject } from '../host.js';
import { looks } from '../looks.js';
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
    disabled: false,
  },
};

type Methods = {
  onSubmit(event: { detail: { value?: unknown } }): void;
  onAction(): void;
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
      this.control ??= controlLinkAccount({
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
    onSubmit({ detail }) {
      this.control?.submit(detail.value);
    },
    onAction() {
      this.control?.act();
    },
    onOther() {
      this.control?.other();
    },
  },
});
