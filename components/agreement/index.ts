import { changesOf } from '../changes.js';
import { localeFrom } from '../locale.js';
import { type AgreementView, connect } from './connect.js';

const properties = {
  /** Whether the terms are accepted; a tap changes it, also for `model:accepted`. */
  accepted: { type: Boolean, value: false },
  /** Whether somebody wanted to go on without accepting: a hint then says so. */
  missing: { type: Boolean, value: false },
  disabled: { type: Boolean, value: false },
  /** `zh` or `en`; empty for the host's language. */
  locale: { type: String, value: '' },
  /** Replacements for single texts. */
  texts: { type: Object, value: {} },
  /** Whether the slot `links` names the terms. */
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
  properties,
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
      this.triggerEvent('change', { accepted });
    },
  },
});
