import { changesOf } from '../changes.js';
import type { Declared } from '../declared.js';
import { localeFrom } from '../locale.js';
import { type AgreementView, connect } from './connect.js';
import type { AgreementEvents, AgreementProperties } from './types.js';

const properties = {
  accepted: { type: Boolean, value: false },
  missing: { type: Boolean, value: false },
  disabled: { type: Boolean, value: false },
  locale: { type: String, value: '' },
  texts: { type: Object, value: {} },
  customLinks: { type: Boolean, value: false },
};

const data: { view: AgreementView } = {
  view: { label: '', terms: '', name: '', hint: '', accepted: false, disabled: false },
};

type Methods = {
  changes(accepted: boolean): Record<string, unknown> | null;
  render(): void;
  onTap(): void;
};

interface Parts {
  isHeld?: boolean;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: ['denglu-class', 'denglu-label-class', 'denglu-hint-class'],
  properties: properties satisfies Declared<AgreementProperties>,
  data,

  observers: {
    'accepted, missing, disabled, locale, texts, customLinks'() {
      this.render();
    },
  },

  lifetimes: {
    attached() {
      this.isHeld = true;
      this.render();
    },
    detached() {
      this.isHeld = false;
    },
  },

  methods: {
    changes(accepted) {
      const { missing, disabled, locale, texts, customLinks, view } = this.data;
      const props = { accepted, missing, disabled, texts, customLinks };
      return changesOf('view', view, connect(props, localeFrom(locale)));
    },

    render() {
      const changes = this.isHeld ? this.changes(this.data.accepted) : null;
      if (changes) this.setData(changes);
    },

    onTap() {
      if (this.data.disabled) return;
      const accepted = !this.data.accepted;
      // The property and what it looks like cross the bridge together (W-24).
      this.setData({ ...this.changes(accepted), accepted });
      this.triggerEvent<AgreementEvents['change']>('change', { accepted });
    },
  },
});
