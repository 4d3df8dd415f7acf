import type { PhoneFlow, PhoneOptions, PhoneSnapshot } from '../../machines/phone-flow.js';
import { type Failure, type FailureKind, failureText } from '../../ports/failure.js';
import { switchFrom } from '../attributes.js';
import { changesOf } from '../changes.js';
import { hostObject } from '../host.js';
import { localeFrom } from '../locale.js';
import { buttonLooks } from '../looks.js';
import { noAuth } from '../no-auth.js';
import { type OutcomeEvent, type Outcomes, outcomes } from '../outcomes.js';
import { type PageFlow, pageFlow } from '../page-flow.js';
import { connect, type PhoneButtonView } from './connect.js';

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
  options(): PhoneOptions;
  snapshot(): PhoneSnapshot | null;
  render(): void;
  onTap(): void;
  onWant(): void;
  onAnswer(event: { detail: unknown }): void;
  fail(kind: FailureKind): void;
  tell(event: OutcomeEvent, detail: object): void;
};

interface Parts {
  page?: PageFlow<PhoneFlow>;
  outcomes?: Outcomes<PhoneSnapshot>;
  /** Whether a tap has met terms that are not accepted. */
  termsAsked?: boolean;
  /** A tap on the plain button, and the failure that was known then: another one answers it. */
  wanted?: { failure: Failure | null } | null;
  otherWayOffered?: boolean;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: ['denglu-class', 'denglu-label-class', 'denglu-hint-class'],
  properties,
  data,

  observers: {
    'mode, createUser, withUnionId, overwrite, realtime, coupled, disabled, locale, texts'() {
      this.page?.refresh();
    },
    accepted(accepted: unknown) {
      this.termsAsked = false;
      this.page?.flow?.acceptTerms(switchFrom(accepted) ?? true);
      this.render();
    },
  },

  lifetimes: {
    attached() {
      this.outcomes = outcomes<PhoneSnapshot>({
        done: 'succeeded',
        again: 'wantingAnotherTap',
        success: ({ user }) => ({ user }),
        locale: () => localeFrom(this.data.locale),
        tell: (event, detail) => this.tell(event, detail),
      });
      this.page = pageFlow(hostObject(), {
        options: () => this.options(),
        open: (auth, options) => auth.phone({ ...options, terms: switchFrom(this.data.accepted) === false }),
        isAtRest: (flow) => !flow.getSnapshot().busy && !flow.getSnapshot().frozen,
        onChange: () => {
          this.render();
          const snapshot = this.snapshot();
          if (snapshot && this.page?.isHeld) this.outcomes?.follow(snapshot);
        },
      });
      this.page.hold();
      this.render();
    },
    detached() {
      this.page?.release();
    },
  },

  methods: {
    options() {
      const { mode, createUser, withUnionId, overwrite, realtime, coupled } = this.data;
      if (mode === 'update') return { realtime, coupled, mode, overwrite };
      const user = { createUser: switchFrom(createUser), withUnionId: switchFrom(withUnionId) };
      return { realtime, coupled, mode: 'signIn', ...user };
    },

    snapshot() {
      return this.page?.flow?.getSnapshot() ?? null;
    },

    render() {
      if (!this.page?.isHeld) return;
      const snapshot = this.snapshot();
      if (snapshot?.busy || snapshot?.frozen || snapshot?.failure !== this.wanted?.failure) this.wanted = null;
      this.otherWayOffered =
        snapshot !== null && (snapshot.otherWay || (this.otherWayOffered === true && snapshot.state !== 'succeeded'));
      const { mode, disabled, texts, locale } = this.data;
      const view = connect(
        snapshot,
        {
          mode: mode === 'update' ? 'update' : 'signIn',
          disabled,
          texts,
          termsAsked: this.termsAsked === true,
          wanted: Boolean(this.wanted),
          otherWayOffered: this.otherWayOffered,
        },
        localeFrom(locale),
      );
      const changes = changesOf('view', this.data.view, view);
      if (changes) this.setData(changes);
    },

    /** The host's button. The question begins in the tap itself (G-10). */
    onTap() {
      if (this.data.view.disabled) return;
      this.outcomes?.expect();
      this.page?.use()?.ask();
    },

    /** The plain button in its place. */
    onWant() {
      if (this.data.view.disabled) return;
      const flow = this.page?.use();
      if (!flow) {
        this.fail(noAuth().kind);
        return;
      }
      const { state, termsMissing, failure } = flow.getSnapshot();
      if (state === 'unsupported') {
        this.fail(state);
        return;
      }
      this.termsAsked = termsMissing;
      if (!termsMissing) {
        this.outcomes?.expect();
        this.wanted = { failure };
      }
      flow.want();
      this.render();
    },

    onAnswer({ detail }) {
      this.page?.flow?.answer(detail);
    },

    fail(kind) {
      this.tell('failure', { kind, text: failureText(kind, localeFrom(this.data.locale)) });
    },

    /** Events carry what views may know, never the session's token (G-23). */
    tell(event, detail) {
      if (this.page?.isHeld) this.triggerEvent(event, detail);
    },
  },
});
