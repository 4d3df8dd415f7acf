import type { HttpRequest, HttpResponse, Platform } from './platform.js';
import type { Secret } from './secret.js';

/** Who is signed in, as the backend tells it. */
export interface User {
  readonly id: string;
  readonly nickname: string | null;
  readonly avatarUrl: string | null;
  /** The host account that signed in; it is no secret, but means nothing outside this app. */
  readonly openid: string | null;
  /** The person across the apps of one open-platform account, where the host tells it. */
  readonly unionid: string | null;
}

/** A session that stands: who, with which token, until when. */
export interface Session {
  readonly user: User;
  readonly token: Secret;
  /** When the token ends, in milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface SilentSignIn {
  /** A login code that nobody has used (G-01). */
  readonly code: Secret;
  /** Whether a user is made where this host account has none (G-18). */
  readonly createUser: boolean;
  /** Whether a user of the same person in another app counts as this one. */
  readonly withUnionId: boolean;
  /** The only user who may come of this, if it renews a session (G-06). */
  readonly expectedUserId: string | null;
}

/** What a flow needs of the app's server. The rules of {@link Platform} hold here too. */
export interface Backend {
  /**
   * Exchanges a login code for a session.
   *
   * @throws Failure `unregistered`, `code-rejected`, `account-changed`, `account-conflict`, `account-blocked`, `busy`,
   * `rate-limited`, `unavailable`, `misconfigured`, `invalid-request`, and what {@link Platform.request} throws
   */
  signIn(input: SilentSignIn): PromiseLike<Session>;

  /**
   * Ends the session on the server. A token that the server does not know any more is as good as ended.
   *
   * @throws Failure what {@link Platform.request} throws, and `unavailable`
   */
  signOut(token: Secret): PromiseLike<void>;

  /**
   * The request as it is sent: its address made absolute, the token added.
   *
   * @throws Failure `misconfigured` where the address is not the backend's own: a token goes nowhere else (G-23)
   */
  authorize(request: HttpRequest, token: Secret): HttpRequest;

  /** Whether this answer says that the token is not accepted any more. */
  rejectsToken(response: HttpResponse): boolean;
}

/** A backend that still wants to know through which host its requests go. */
export type ConnectBackend = (platform: Platform) => Backend;
