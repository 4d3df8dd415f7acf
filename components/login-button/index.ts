import type { Auth, AuthSnapshot } from '../../machines/auth.js';
import type { SignInOptions } from '../../machines/sign-in-options.js';
import { failureText, toFailure } from '../../ports/failure.js';
import { switchFrom } from '../attributes.js';
import { type Bond, bond } from '../bond.js';
import { changesOf } from '../changes.js';
import { hostObject } from '../host.js';
import { localeFrom } from '../locale.js';
import { buttonLooks } from '../looks.js';
import { noAuth } from '../no-auth.js';
import { connect, type LoginButtonIntent, type LoginButtonView } from './connect.js';

const properties = {
  /** Whether a tap makes a user where there is none; left out, as `createAuth` has it. */
  createUser: { type: null, value: null },
  /** Whether a user of the same person in another app counts as this one; left out, as `createAuth` has it. */
  withUnionId: { type: null, value: null },
  ...buttonLooks,
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
  /** The tap whose answer is awaited: those that want the same share it, and it is told once. */
  asked?: { auth: Auth | null; options: SignInOptions };
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
        { createUser: switchFrom(createUser), withUnionId: switchFrom(withUnionId), disabled, texts },
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
      const asked = { auth, options };
      if (this.asked && isSame(this.asked, asked)) return;
      this.asked = asked;
      const answered = (event: 'success' | 'failure', detail: object) => {
        // A later tap that wants something else tells its own answer.
        if (this.asked !== asked) return;
        delete this.asked;
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

type Asked = NonNullable<Parts['asked']>;

function isSame(one: Asked, other: Asked): boolean {
  return (
    one.auth === other.auth &&
    one.options.createUser === other.options.createUser &&
    one.options.withUnionId === other.options.withUnionId
  );
}
