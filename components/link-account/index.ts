import type { Auth } from '../../machines/auth.js';
import type { LinkingFlow, LinkingOptions, LinkingSnapshot } from '../../machines/linking-flow.js';
import { type Failure, failureText } from '../../ports/failure.js';
import { switchFrom } from '../attributes.js';
import { changesOf } from '../changes.js';
import { hostObject } from '../host.js';
import { localeFrom } from '../locale.js';
import { looks } from '../looks.js';
import { type PageFlow, pageFlow } from '../page-flow.js';
import { connect, type LinkAccountProps, type LinkAccountView } from './connect.js';
import { loginFrom, loginNameFrom } from './login.js';

const properties = {
  /** What the form is for at first: `register` or `signIn`. The person may change it. */
  mode: { type: String, value: 'register' },
  /** What the form asks for: `username`, `email` or `phone`; empty for any of them, told by its shape. */
  by: { type: String, value: '' },
  /** Whether a user of the same person in another app counts as this one. */
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
  open(auth: Auth, options: LinkingOptions): LinkingFlow;
  snapshot(): LinkingSnapshot | null;
  update(): void;
  render(): void;
  onSubmit(event: { detail: { value?: unknown } }): void;
  onAction(): void;
  onOther(): void;
  tell(event: 'success' | 'failure' | 'change', detail: object): void;
};

interface Parts {
  page?: PageFlow<LinkingFlow>;
  auth?: Auth;
  /** How it ended; shown until somebody else is signed in, whatever becomes of the flow. */
  done?: LinkingSnapshot | null;
  /** What the page was told last. */
  told?: { state: string; failure: Failure | null };
  mode?: LinkAccountProps['mode'];
  incomplete?: boolean;
}

Component<typeof data, typeof properties, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: ['denglu-class', 'denglu-input-class', 'denglu-button-class', 'denglu-hint-class'],
  properties,
  data,

  observers: {
    mode(mode: string) {
      this.mode = mode === 'signIn' ? 'signIn' : 'register';
      this.render();
    },
    withUnionId() {
      this.page?.refresh();
    },
    'by, disabled, locale, texts'() {
      this.render();
    },
  },

  lifetimes: {
    attached() {
      this.page = pageFlow<LinkingOptions, LinkingFlow>(hostObject(), {
        options: () => {
          const withUnionId = switchFrom(this.data.withUnionId);
          return withUnionId === undefined ? {} : { withUnionId };
        },
        open: (auth, options) => this.open(auth, options),
        isAtRest: (flow) => !flow.getSnapshot().busy,
        onChange: () => this.update(),
      });
      this.page.hold();
      this.render();
    },
    detached() {
      this.page?.release();
    },
  },

  methods: {
    open(auth, options) {
      const flow = auth.linking(options);
      const { state, failure } = flow.getSnapshot();
      this.auth = auth;
      this.told = { state, failure };
      return flow;
    },

    snapshot() {
      return this.done ?? this.page?.flow?.getSnapshot() ?? null;
    },

    /** Each outcome is told once (G-17). */
    update() {
      if (this.done && this.auth?.getSnapshot().user?.id !== this.done.user?.id) {
        this.done = null;
        this.page?.use();
      }
      const snapshot = this.snapshot();
      if (snapshot?.user) this.done = snapshot;
      this.render();
      if (!snapshot) return;
      const { state, busy, failure, user } = snapshot;
      const before = this.told;
      this.told = { state, failure };
      if (state !== before?.state) this.tell('change', { state, busy });
      if (state !== before?.state && user) this.tell('success', { user, alreadyLinked: state === 'alreadyLinked' });
      if (failure && failure !== before?.failure && !busy && !user) {
        const { kind } = failure;
        this.tell('failure', { kind, text: failureText(kind, localeFrom(this.data.locale)) });
      }
    },

    render() {
      if (!this.page?.isHeld) return;
      const { by, disabled, texts, locale, view } = this.data;
      const props: LinkAccountProps = {
        mode: this.mode ?? 'register',
        by: loginNameFrom(by),
        incomplete: this.incomplete === true,
        disabled,
        texts,
      };
      const changes = changesOf('view', view, connect(this.snapshot(), props, localeFrom(locale)));
      if (changes) this.setData(changes);
    },

    /** What was typed goes from the form's event to the flow, and stays nowhere on the way (G-23). */
    onSubmit({ detail }) {
      if (this.data.disabled || this.data.view.busy) return;
      const login = loginFrom(detail.value, loginNameFrom(this.data.by));
      this.incomplete = !login;
      const flow = this.page?.use();
      if (login && this.mode === 'signIn') flow?.signIn(login);
      else if (login) flow?.register(login);
      this.render();
    },

    onAction() {
      if (this.data.disabled) return;
      const flow = this.page?.use();
      if (this.data.view.stage === 'question') flow?.overwrite();
      else flow?.link();
    },

    onOther() {
      const { busy, stage } = this.data.view;
      if (busy || stage === 'question') {
        this.page?.flow?.cancel();
        return;
      }
      this.mode = this.mode === 'signIn' ? 'register' : 'signIn';
      this.incomplete = false;
      this.render();
    },

    /** Events carry what views may know, never names or passwords that were typed (G-23). */
    tell(event, detail) {
      if (this.page?.isHeld) this.triggerEvent(event, detail);
    },
  },
});
