import { changesOf } from '../changes.js';
import { hostObject } from '../host.js';
import { buttonLooks } from '../looks.js';
import type { ProfileButtonView } from './connect.js';
import { controlProfileButton, type ProfileButtonControl } from './control.js';

const properties = {
  /** What the profile is for, at most 30 characters: the host shows it (W-06). */
  desc: { type: String, value: '' },
  /** Which way to take where the host has several; empty for the best. */
  way: { type: String, value: '' },
  /**
   * What may be replaced: `overwrite`, `setnx` for only what was never set, or `false`; left out, `setnx` for what the
   * host tells and `overwrite` for what a person fills in.
   */
  sync: { type: null, value: null },
  /** Replacements for single texts of the form. */
  formTexts: { type: Object, value: {} },
  /** Whether the slot `form` takes the place of the form; `closeForm()` brings the button back. */
  customForm: { type: Boolean, value: false },
  ...buttonLooks,
};

const data: { view: ProfileButtonView } = {
  view: { label: '', hint: '', hostButton: false, form: false, fillIn: '', busy: false, disabled: false },
};

type Methods = {
  onTap(): void;
  onHostTap(): void;
  onAnswer(event: { detail: unknown }): void;
  onFillIn(): void;
  onFormSaved(event: { detail: object }): void;
  onFormFailed(event: { detail: object }): void;
  closeForm(): void;
};

interface Parts {
  control?: ProfileButtonControl;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: ['denglu-class', 'denglu-label-class', 'denglu-hint-class', 'denglu-link-class'],
  properties,
  data,

  observers: {
    'desc, way, sync, disabled, locale, texts'() {
      this.control?.refresh();
    },
  },

  lifetimes: {
    attached() {
      this.control ??= controlProfileButton({
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
    /** Brings the button back; what was filled in and not saved is forgotten. */
    closeForm() {
      this.control?.closeForm();
    },
  },
});
