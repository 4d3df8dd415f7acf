import type { Auth } from '../../machines/auth.js';
import type { LinkingFlow, LinkingOptions, LinkingSnapshot } from '../../machines/linking-flow.js';
import { type Failure, failureText } from '../../ports/failure.js';
import { switchFrom } from '../attributes.js';
import type { Tell } from '../event.js';
import { hasHostLogin } from '../host.js';
import { localeFrom } from '../locale.js';
import { pageFlow } from '../page-flow.js';
import type { GivenLooks, Lifetime, Surface } from '../surface.js';
import { connect, type LinkAccountProps, type LinkAccountView } from './connect.js';
import { loginFrom, loginNameFrom } from './login.js';
import type { LinkAccountTexts } from './texts.js';
import type { LinkAccountEvents } from './types.js';

/** As a page gives them: what may be left out is `null`, `undefined` or empty. */
export interface LinkAccountGiven extends GivenLooks<LinkAccountTexts> {
  /** What the form is for at first. The person may change it. */
  readonly mode: string;
  readonly by: string;
  readonly withUnionId: unknown;
}

/** What a person does to the form, and to what stands in its place. */
export interface LinkAccountControl extends Lifetime {
  /** What was typed goes from the form's event to the flow, and stays nowhere on the way (G-23). */
  submit(typed: unknown): void;
  /** The button that goes on. */
  act(): void;
  /** The host's login button has told its event (B-01). */
  hostLogin(): void;
  /** The button that does something else. */
  other(): void;
  /** The page has another form in mind. */
  refreshMode(): void;
  /** Only words or looks may have changed. */
  render(): void;
}

/** The form that links an account, wherever it is shown. */
export function controlLinkAccount(
  surface: Surface<LinkAccountGiven, LinkAccountView, LinkAccountEvents>,
): LinkAccountControl {
  let auth: Auth | null = null;
  let shown: LinkAccountView | null = null;
  /** How it ended; shown until somebody else is signed in, whatever becomes of the flow. */
  let done: LinkingSnapshot | null = null;
  /** What the page was told last. */
  let told: { state: string; failure: Failure | null } | null = null;
  let mode = modeFrom(surface.properties().mode);
  let incomplete = false;

  const page = pageFlow<LinkingOptions, LinkingFlow>(surface.host, {
    options: () => {
      const withUnionId = switchFrom(surface.properties().withUnionId);
      return withUnionId === undefined ? {} : { withUnionId };
    },
    open(opener, options) {
      const flow = opener.linking(options);
      const { state, failure } = flow.getSnapshot();
      auth = opener;
      told = { state, failure };
      return flow;
    },
    isAtRest: (flow) => !flow.getSnapshot().busy,
    onChange: () => update(),
  });
  const snapshotNow = () => done ?? page.flow?.getSnapshot() ?? null;

  /** Events carry what views may know, never names or passwords that were typed (G-23). */
  const tell: Tell<LinkAccountEvents> = (event, detail) => {
    if (page.isHeld) surface.tell(event, detail);
  };

  /** Each outcome is told once (G-17). */
  const update = () => {
    if (done && auth?.getSnapshot().user?.id !== done.user?.id) {
      done = null;
      page.use();
    }
    const snapshot = snapshotNow();
    if (snapshot?.user) done = snapshot;
    render();
    if (!snapshot) return;
    const { state, busy, failure, user } = snapshot;
    const before = told;
    told = { state, failure };
    if (state !== before?.state) tell('change', { state, busy });
    if (state !== before?.state && user) tell('success', { user, alreadyLinked: state === 'alreadyLinked' });
    if (failure && failure !== before?.failure && !busy && !user) {
      const { kind } = failure;
      tell('failure', { kind, text: failureText(kind, localeFrom(surface.properties().locale)) });
    }
  };

  const render = () => {
    if (!page.isHeld) return;
    const { by, disabled, texts, locale } = surface.properties();
    const props: LinkAccountProps = {
      mode,
      by: loginNameFrom(by),
      incomplete,
      hostLogin: hasHostLogin(),
      disabled,
      texts,
    };
    shown = connect(snapshotNow(), props, localeFrom(locale));
    surface.show(shown);
  };

  const act = () => {
    const flow = page.use();
    if (shown?.stage === 'question') flow?.overwrite();
    else flow?.link();
  };

  return {
    hold() {
      page.hold();
      render();
    },
    release: () => page.release(),
    refresh: () => page.refresh(),
    refreshMode() {
      mode = modeFrom(surface.properties().mode);
      render();
    },
    render,

    submit(typed) {
      const { disabled, by } = surface.properties();
      if (disabled || shown?.busy) return;
      const login = loginFrom(typed, loginNameFrom(by));
      incomplete = !login;
      const flow = page.use();
      if (login && mode === 'signIn') flow?.signIn(login);
      else if (login) flow?.register(login);
      render();
    },

    act() {
      // The host has its own answer to a tap on its login button, and tells when that is over.
      if (!surface.properties().disabled && !shown?.hostLogin) act();
    },
    hostLogin: act,

    other() {
      if (shown?.busy || shown?.stage === 'question') {
        page.flow?.cancel();
        return;
      }
      if (surface.properties().disabled) return;
      mode = mode === 'signIn' ? 'register' : 'signIn';
      incomplete = false;
      render();
    },
  };
}

function modeFrom(mode: string): LinkAccountProps['mode'] {
  return mode === 'signIn' ? 'signIn' : 'register';
}
