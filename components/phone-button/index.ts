import type { Auth } from '../../machines/auth.js';
import type { PhoneFlow, PhoneOptions } from '../../machines/phone-flow.js';
import { failureText } from '../../ports/failure.js';
import { switchFrom } from '../attributes.js';
import { changesOf } from '../changes.js';
import { hostObject } from '../host.js';
import { localeFrom } from '../locale.js';
import { type PageFlow, pageFlow } from '../page-flow.js';
import { connect, type PhoneButtonProps, type PhoneButtonView } from './connect.js';

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
  disabled: { type: Boolean, value: false },
  /** `zh` or `en`; empty for the host's language. */
  locale: { type: String, value: '' },
  /** Replacements for single texts. */
  texts: { type: Object, value: {} },
  /** Whether the slot `label` takes the place of the text. */
  customLabel: { type: Boolean, value: false },
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
  open(auth: Auth): PhoneFlow;
  render(): void;
  report(): void;
  onTap(): void;
  onWant(): void;
  onAnswer(event: { detail: unknown }): void;
  tell(event: 'success' | 'failure' | 'denied' | 'change', detail: object): void;
};

interface Parts {
  page?: PageFlow<PhoneFlow>;
  /** The state that the page was told last. */
  told?: string;
  /** Whether a tap has met terms that are not accepted. */
  termsAsked?: boolean;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: ['denglu-class', 'denglu-label-class', 'denglu-hint-class'],
  properties,
  data,

  observers: {
    'mode, createUser, withUnionId, overwrite, realtime, coupled'() {
      this.page?.reopen();
      this.render();
    },
    accepted() {
      this.page?.flow?.acceptTerms(switchFrom(this.data.accepted) ?? true);
      this.render();
    },
    'disabled, locale, texts'() {
      this.render();
    },
  },

  lifetimes: {
    attached() {
      this.page = pageFlow(
        hostObject(),
        (auth) => this.open(auth),
        () => {
          this.render();
          this.report();
        },
      );
      this.page.hold();
      this.render();
    },
    detached() {
      this.page?.release();
    },
  },

  methods: {
    open(auth) {
      const { mode, createUser, withUnionId, overwrite, realtime, coupled, accepted } = this.data;
      const button = { realtime, coupled, terms: switchFrom(accepted) === false };
      const aim: PhoneOptions =
        mode === 'update'
          ? { mode, overwrite }
          : { mode: 'signIn', createUser: switchFrom(createUser), withUnionId: switchFrom(withUnionId) };
      const flow = auth.phone({ ...button, ...aim });
      this.told = flow.getSnapshot().state;
      return flow;
    },

    render() {
      if (!this.page?.isHeld) return;
      const { mode, disabled, texts, locale } = this.data;
      const props: PhoneButtonProps = {
        mode: mode === 'update' ? 'update' : 'signIn',
        disabled,
        texts,
        termsAsked: this.termsAsked === true,
      };
      const view = connect(this.page.flow?.getSnapshot() ?? null, props, localeFrom(locale));
      const changes = changesOf('view', this.data.view, view);
      if (changes) this.setData(changes);
    },

    /** Each outcome is told once (G-17). */
    report() {
      const snapshot = this.page?.flow?.getSnapshot();
      if (!snapshot || snapshot.state === this.told) return;
      const { state, user, failure, busy, frozen } = snapshot;
      this.told = state;
      this.tell('change', { state, busy });
      if (state === 'succeeded') this.tell('success', { user });
      else if (failure && !busy && !frozen) {
        const { kind } = failure;
        const text = failureText(kind, localeFrom(this.data.locale));
        this.tell(kind === 'denied' ? 'denied' : 'failure', { kind, text });
      }
    },

    onTap() {
      if (!this.data.disabled) this.page?.use()?.ask();
    },

    onWant() {
      if (this.data.disabled) return;
      this.termsAsked = true;
      this.page?.use()?.want();
      this.render();
    },

    onAnswer({ detail }) {
      this.page?.flow?.answer(detail);
    },

    /** Events carry what views may know, never the session's token (G-23). */
    tell(event, detail) {
      if (this.page?.isHeld) this.triggerEvent(event, detail);
    },
  },
});
