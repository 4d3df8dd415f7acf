import type { Session, User } from '../ports/backend.js';
import type { Failure } from '../ports/failure.js';
import type { HttpRequest, HttpResponse } from '../ports/platform.js';
import type { AuthPrivacy } from './auth-privacy.js';
import type { AuthStatus } from './auth-status.js';
import type { LinkingFlow, LinkingOptions } from './linking-flow.js';
import type { PhoneFlow, PhoneOptions } from './phone-flow.js';
import type { ProfileFlow, ProfileOptions } from './profile-flow.js';
import type { SettingsFlow } from './settings-flow.js';
import type { SignInOptions } from './sign-in-options.js';

export type { AuthStatus } from './auth-status.js';

/** Plain data for views: what they may show, nothing secret (G-23). */
export interface AuthSnapshot {
  readonly status: AuthStatus;
  /** Whether a machine is being waited for. */
  readonly busy: boolean;
  /** Who is signed in; kept while the session is checked or renewed. */
  readonly user: User | null;
  /** Why the last attempt signed nobody in; `null` once one did. */
  readonly failure: Failure | null;
}

/** One sign-in, shared by an app's code and its components. */
export interface Auth {
  /** Restores the stored session and begins to watch the host. Idempotent; `ensure` and `request` call it too (G-08). */
  start(): void;

  /** Ends every flow and stops watching the host. What is waited for is rejected as `cancelled`. */
  stop(): void;

  /**
   * Somebody signed in, or a reason why not. May be called by anyone, at any time, any number of times (G-05, G-08).
   *
   * A session whose user is gone, or has changed, is never replaced unasked: whoever waits for it is told so once, as
   * `unregistered` or `account-changed`, whatever they wished; the next call signs in anew (G-06).
   *
   * @throws Failure of any kind; `unregistered` where `createUser` is false and there is no user (G-18)
   */
  ensure(options?: SignInOptions): Promise<Session>;

  /**
   * Sends a request with the session's token, after {@link Auth.ensure}. If the token is not accepted, the session is
   * renewed once for all callers and each request is sent once more (G-05). Where the user turned out to be gone, it
   * fails until somebody signs in on purpose: it never goes as anybody else unasked (G-06).
   *
   * @param request its `url` may be a path on the backend
   * @throws Failure `token-rejected` where the second answer rejects the token too, else as `ensure` and
   * `Platform.request`; any other HTTP status is an answer
   */
  request(request: HttpRequest): Promise<HttpResponse>;

  /**
   * A phone button for a page (W-13).
   *
   * @param options what the number is for; default to sign in by it
   */
  phone(options?: PhoneOptions): PhoneFlow;

  /**
   * A profile button for a page (W-06, W-11, W-18).
   *
   * @param options what the profile is for
   */
  profile(options: ProfileOptions): ProfileFlow;

  /** Links the host account to an account that the user has, or makes (G-18, G-19). */
  linking(options?: LinkingOptions): LinkingFlow;

  /** The names and the password by which the user may sign in elsewhere. */
  settings(): SettingsFlow;

  /** Forgets the session at once, cancels what is in flight, then tells the server as well as it can. Never rejects. */
  signOut(): Promise<void>;

  /** Tells each new snapshot. Answers how to stop listening. */
  subscribe(listener: (snapshot: AuthSnapshot) => void): () => void;

  getSnapshot(): AuthSnapshot;

  /** Consent to the app's privacy guide, for popups; it lives on when this auth stops (W-16). */
  readonly privacy: AuthPrivacy;
}
