import type { ProfileFlow, ProfileOptions, ProfileSnapshot } from '../../machines/profile-flow.js';
import { type Failure, type FailureKind, failureText } from '../../ports/failure.js';
import type { ProfileWay } from '../../ports/profile.js';
import { syncFrom } from '../attributes.js';
import { changesOf } from '../changes.js';
import { hostObject } from '../host.js';
import { localeFrom } from '../locale.js';
import { buttonLooks } from '../looks.js';
import { noAuth } from '../no-auth.js';
import { type OutcomeEvent, type Outcomes, outcomes } from '../outcomes.js';
import { type PageFlow, pageFlow } from '../page-flow.js';
import { connect, isAsking, type ProfileButtonView } from './connect.js';

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
  options(): ProfileOptions;
  snapshot(): ProfileSnapshot | null;
  render(): void;
  onTap(): void;
  onHostTap(): void;
  onAnswer(event: { detail: unknown }): void;
  onFillIn(): void;
  onFormSaved(event: { detail: object }): void;
  onFormFailed(event: { detail: object }): void;
  closeForm(): void;
  fail(kind: FailureKind): void;
  tell(event: OutcomeEvent, detail: object): void;
};

interface Parts {
  page?: PageFlow<ProfileFlow>;
  outcomes?: Outcomes<ProfileSnapshot>;
  /** A tap that found nothing to ask by, and the failure that was known then: another one answers it. */
  wanted?: { failure: Failure | null } | null;
  formWanted?: boolean;
  formSaved?: boolean;
  pressed?: boolean;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: ['denglu-class', 'denglu-label-class', 'denglu-hint-class', 'denglu-link-class'],
  properties,
  data,

  observers: {
    'desc, way, sync, disabled, locale, texts'() {
      this.page?.refresh();
    },
  },

  lifetimes: {
    attached() {
      this.outcomes = outcomes<ProfileSnapshot>({
        done: 'saved',
        again: 'tapAgain',
        success: ({ user }) => ({ user }),
        locale: () => localeFrom(this.data.locale),
        tell: (event, detail) => this.tell(event, detail),
      });
      this.page = pageFlow(hostObject(), {
        options: () => this.options(),
        open: (auth, options) => auth.profile(options),
        isAtRest: (flow) => {
          const snapshot = flow.getSnapshot();
          return !snapshot.busy && !isAsking(snapshot) && this.pressed !== true;
        },
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
      this.pressed = false;
    },
  },

  methods: {
    options() {
      const { desc, way, sync, locale } = this.data;
      const lang = localeFrom(locale) === 'zh' ? 'zh_CN' : 'en';
      const wanted = WAYS.find((known) => known === way);
      return { desc, lang, sync: syncFrom(sync) ?? 'setnx', ...(wanted && { way: wanted }) };
    },

    snapshot() {
      return this.page?.flow?.getSnapshot() ?? null;
    },

    render() {
      if (!this.page?.isHeld) return;
      const snapshot = this.snapshot();
      const isUnderWay = snapshot !== null && (snapshot.busy || isAsking(snapshot));
      if (isUnderWay || snapshot?.failure !== this.wanted?.failure) this.wanted = null;
      if (isUnderWay) this.formWanted = false;
      const { disabled, texts, locale, view: before } = this.data;
      const view = connect(
        snapshot,
        {
          disabled,
          texts,
          wanted: Boolean(this.wanted),
          formWanted: this.formWanted === true,
          formSaved: this.formSaved === true,
          hostButton: before.hostButton,
          pressed: this.pressed === true,
        },
        localeFrom(locale),
      );
      const changes = changesOf('view', before, view);
      if (changes) this.setData(changes);
    },

    /** The plain button. What it asks begins in the tap itself (G-10). */
    onTap() {
      if (this.data.view.disabled) return;
      const flow = this.page?.use();
      if (!flow) {
        this.fail(noAuth().kind);
        return;
      }
      const { by, state, failure, busy } = flow.getSnapshot();
      if (state === 'unsupported') {
        this.fail(state);
        return;
      }
      this.formSaved = false;
      this.formWanted = true;
      this.outcomes?.expect();
      if (by === 'none' && !busy) this.wanted = { failure };
      flow.ask();
      this.render();
    },

    onHostTap() {
      if (this.data.view.disabled) return;
      this.pressed = true;
      this.page?.use();
      this.outcomes?.expect();
    },

    onAnswer({ detail }) {
      this.pressed = false;
      this.page?.flow?.answer(detail);
      this.page?.refresh();
    },

    onFillIn() {
      if (this.data.disabled) return;
      this.formSaved = false;
      this.formWanted = true;
      this.page?.use()?.fillIn();
      this.render();
    },

    onFormSaved({ detail }) {
      this.formSaved = true;
      this.closeForm();
      this.tell('success', detail);
    },

    onFormFailed({ detail }) {
      this.tell('failure', detail);
    },

    /** Brings the button back; what was filled in and not saved is forgotten. */
    closeForm() {
      this.formWanted = false;
      this.outcomes?.settle();
      if (this.page?.flow?.getSnapshot().by === 'form') this.page.flow.cancel();
      this.render();
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

const WAYS: readonly ProfileWay[] = ['avatarNickname', 'getUserProfile', 'getUserInfo'];
