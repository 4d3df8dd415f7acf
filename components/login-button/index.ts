import type { Auth, AuthSnapshot } from '../../machines/auth.js';
import { Failure, failureText, toFailure } from '../../ports/failure.js';
import { type Bond, bond } from '../bond.js';
import { changesOf } from '../changes.js';
import { hostObject } from '../host.js';
import { localeFrom } from '../locale.js';
import { connect, type LoginButtonIntent, type LoginButtonView } from './connect.js';

const properties = {
  /** Whether a tap makes a user where there is none. */
  createUser: { type: Boolean, value: true },
  /** Whether a user of the same person in another app counts as this one. */
  withUnionId: { type: Boolean, value: false },
  disabled: { type: Boolean, value: false },
  /** `zh` or `en`; empty for the host's language. */
  locale: { type: String, value: '' },
  /** Replacements for single texts. */
  texts: { type: Object, value: {} },
  /** Whether the slot `label` takes the place of the text. */
  customLabel: { type: Boolean, value: false },
};

const data: { view: LoginButtonView } = {
  view: { label: '', hint: '', busy: false, signedIn: false, disabled: false },
};

type Methods = {
  connected(): ReturnType<typeof connect>;
  render(): void;
  onTap(): void;
  signIn(intent: LoginButtonIntent): void;
  tell(event: 'success' | 'failure' | 'change', detail: object): void;
};

interface Parts {
  bond?: Bond;
  /** Whose answer to a tap is awaited: the taps until then share it, and it is told once. */
  asked?: Auth | null;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: ['denglu-class', 'denglu-label-class', 'denglu-hint-class'],
  properties,
  data,

  observers: {
    'createUser, withUnionId, disabled, locale, texts'() {
      this.render();
    },
  },

  lifetimes: {
    attached() {
      let known: AuthSnapshot | null = null;
      this.bond = bond(hostObject(), (snapshot) => {
        this.render();
        const { status, user } = snapshot;
        if (known?.status !== status || known.user !== user) this.tell('change', { status, user });
        known = snapshot;
      });
      this.bond.hold();
      this.render();
    },
    detached() {
      this.bond?.release();
    },
  },

  methods: {
    connected() {
      const { createUser, withUnionId, disabled, texts, locale } = this.data;
      return connect(
        this.bond?.auth?.getSnapshot() ?? null,
        { createUser, withUnionId, disabled, texts },
        localeFrom(locale),
        (intent) => this.signIn(intent),
      );
    },

    render() {
      if (!this.bond?.isHeld) return;
      const changes = changesOf('view', this.data.view, this.connected().view);
      if (changes) this.setData(changes);
    },

    onTap() {
      this.connected().handlers.tap();
    },

    /** The sign-in is the app's: it goes on though this component be gone, which then tells nobody (G-17). */
    signIn({ options }) {
      const auth = this.bond?.auth ?? null;
      if (this.asked === auth) return;
      this.asked = auth;
      const answered = (event: 'success' | 'failure', detail: object) => {
        if (this.asked === auth) delete this.asked;
        this.tell(event, detail);
      };
      const signIn = auth?.ensure(options) ?? Promise.reject(noAuth());
      signIn.then(
        ({ user }) => answered('success', { user }),
        (error: unknown) => {
          const { kind } = toFailure(error);
          answered('failure', { kind, text: failureText(kind, localeFrom(this.data.locale)) });
        },
      );
    },

    /** Events carry what views may know, never the session's token (G-23). */
    tell(event, detail) {
      if (this.bond?.isHeld) this.triggerEvent(event, detail);
    },
  },
});

function noAuth(): Failure {
  const failure = new Failure('misconfigured', {
    message: 'createAuth() was not called before this button was tapped.',
  });
  console.error(`denglu: ${failure.message}`);
  return failure;
}
