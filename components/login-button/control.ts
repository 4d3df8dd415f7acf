import type { Auth, AuthSnapshot } from '../../machines/auth.js';
import type { SignInOptions } from '../../machines/sign-in-options.js';
import { type Failure, failureText, toFailure } from '../../ports/failure.js';
import { switchFrom } from '../attributes.js';
import { bond } from '../bond.js';
import type { Tell } from '../event.js';
import { hasHostLogin } from '../host.js';
import { localeFrom } from '../locale.js';
import { noAuth } from '../no-auth.js';
import type { GivenLooks, Lifetime, Surface } from '../surface.js';
import { connect, type LoginButtonIntent, type LoginButtonView } from './connect.js';
import type { LoginButtonTexts } from './texts.js';
import type { LoginButtonEvents } from './types.js';

/** As a page gives them: what may be left out is `null` or `undefined`. */
export interface LoginButtonGiven extends GivenLooks<LoginButtonTexts> {
  readonly createUser: unknown;
  readonly withUnionId: unknown;
  readonly accepted: unknown;
  readonly fresh: boolean;
}

export interface LoginButtonControl extends Lifetime {
  tap(): void;
  /** The host's login button has told its event (B-01). */
  hostLogin(): void;
  /** Whether the terms are accepted may have changed (G-16). */
  refreshTerms(): void;
}

/** A login button, wherever it is shown. */
export function controlLoginButton(
  surface: Surface<LoginButtonGiven, LoginButtonView, LoginButtonEvents>,
): LoginButtonControl {
  let known: AuthSnapshot | null = null;
  /** The tap whose answer is awaited: those that want the same share it, and it is told once. */
  let asked: Asked | null = null;
  /** Whether a tap has met terms that are not accepted. */
  let termsAsked = false;
  /** What had failed before the button was there. */
  let old: Failure | null = null;

  const link = bond(surface.host, (snapshot) => {
    render();
    const { status, user } = snapshot;
    if (known?.status !== status || known.user !== user) tell('change', { status, user });
    known = snapshot;
  });

  /** Events carry what views may know, never the session's token (G-23). */
  const tell: Tell<LoginButtonEvents> = (event, detail) => {
    if (link.isHeld) surface.tell(event, detail);
  };

  const connected = () => {
    const { createUser, withUnionId, accepted, fresh, disabled, texts, locale } = surface.properties();
    const props = {
      createUser: switchFrom(createUser),
      withUnionId: switchFrom(withUnionId),
      accepted: switchFrom(accepted),
      termsAsked,
      hostLogin: hasHostLogin(),
      disabled,
      texts,
    };
    const snapshot = link.auth?.getSnapshot() ?? null;
    // What has to come first is no old news: it decides which button stands there (B-01).
    const isOld = fresh && snapshot !== null && snapshot.failure === old && old?.kind !== 'host-signed-out';
    return connect(isOld ? { ...snapshot, failure: null } : snapshot, props, localeFrom(locale), hear);
  };

  const render = () => {
    if (link.isHeld) surface.show(connected().view);
  };

  const hear = (intent: LoginButtonIntent) => {
    if (intent.type === 'SIGN_IN') {
      signIn(intent.options);
      return;
    }
    termsAsked = true;
    render();
  };

  /** The sign-in is the app's: it goes on though this button be gone, which then tells nobody (G-17). */
  const signIn = (options: SignInOptions) => {
    const asking: Asked = { auth: link.auth, options };
    if (asked && isSame(asked, asking)) return;
    asked = asking;
    const answered = (tellIt: () => void) => {
      // A later tap that wants something else tells its own answer.
      if (asked !== asking) return;
      asked = null;
      tellIt();
    };
    const answer = asking.auth?.ensure(options) ?? Promise.reject(noAuth());
    answer.then(
      ({ user }) => answered(() => tell('success', { user })),
      (error: unknown) => {
        const { kind } = toFailure(error);
        const text = failureText(kind, localeFrom(surface.properties().locale));
        answered(() => tell('failure', { kind, text }));
      },
    );
  };

  return {
    hold() {
      known = null;
      link.hold();
      old = link.auth?.getSnapshot().failure ?? null;
      render();
    },
    release: () => link.release(),
    refresh: render,
    refreshTerms() {
      termsAsked = false;
      render();
    },
    tap: () => connected().handlers.tap(),
    hostLogin: () => connected().handlers.hostLogin(),
  };
}

interface Asked {
  readonly auth: Auth | null;
  readonly options: SignInOptions;
}

function isSame(one: Asked, other: Asked): boolean {
  return (
    one.auth === other.auth &&
    one.options.createUser === other.options.createUser &&
    one.options.withUnionId === other.options.withUnionId
  );
}
