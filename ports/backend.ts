import type { AccountChanges, AccountLink, Credentials, Linked, SmsSignIn } from './account.js';
import type { PhoneSignIn, PhoneUpdate } from './phone.js';
import type { HttpRequest, HttpResponse, Platform } from './platform.js';
import type { HostProfileUpdate, ProfileFields, ProfileSync } from './profile.js';
import type { Secret } from './secret.js';
import type { UserDetails } from './user-details.js';

/** Who is signed in, as the backend tells it. */
export interface User {
  readonly id: string;
  readonly nickname: string | null;
  readonly avatarUrl: string | null;
  /** The host account that signed in; it is no secret, but means nothing outside this app. */
  readonly openid: string | null;
  /** The person across the apps of one open-platform account, where the host tells it. */
  readonly unionid: string | null;
  readonly username: string | null;
  readonly email: string | null;
  /** The phone number; `reveal()` it only to show it to its owner (G-23). */
  readonly phone: Secret | null;
  /** Whether the user has shown that the number is theirs. */
  readonly phoneVerified: boolean;
  /** A whole number beside the id, for APIs that know users by one; left out where the backend gives none. */
  readonly baasId?: number;
  /** Left out where the backend tells none. */
  readonly details?: UserDetails;
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
  /** Tells this backend from others: a session of another is not restored, so that no token goes astray (G-23). */
  readonly name: string;

  /**
   * Exchanges a login code for a session.
   *
   * @throws Failure `unregistered`, `code-rejected`, `account-changed`, `account-conflict`, `account-blocked`, `busy`,
   * `rate-limited`, `unavailable`, `misconfigured`, `invalid-request`, and what {@link Platform.request} throws
   */
  signIn(input: SilentSignIn): PromiseLike<Session>;

  /**
   * Signs in by phone number and host account.
   *
   * @throws Failure `key-stale` where the number cannot be decrypted (G-03, G-20), `account-conflict` where number and
   * host account belong to two users, `not-permitted`, and as {@link Backend.signIn}
   */
  phoneSignIn(input: PhoneSignIn): PromiseLike<Session>;

  /**
   * Signs in by name and password.
   *
   * @throws Failure `password-wrong`, whichever of the two was wrong; `rate-limited`, `account-blocked`, `invalid-request`
   */
  passwordSignIn(credentials: Credentials): PromiseLike<Session>;

  /**
   * Makes a user with a name and a password.
   *
   * @throws Failure `name-taken`, `phone-taken`, `password-too-weak`, `rate-limited`, `invalid-request`
   */
  register(credentials: Credentials): PromiseLike<Session>;

  // Not every backend has these three.

  /**
   * Makes a user of whom nothing is known but the session.
   *
   * @throws Failure `rate-limited`
   */
  anonymousSignIn?(): PromiseLike<Session>;

  /**
   * Signs in by a code that was sent to a phone number.
   *
   * @throws Failure `unregistered`, `rate-limited`, `account-blocked`, `invalid-request` also where the code is wrong
   */
  smsSignIn?(input: SmsSignIn): PromiseLike<Session>;

  /**
   * Mails to an address, if somebody has it, how to set a new password.
   *
   * @throws Failure `rate-limited`, `invalid-request`
   */
  requestPasswordReset?(email: string): PromiseLike<void>;

  // What follows is for whoever is signed in, and also throws `token-rejected` and `account-blocked`.

  /** Who the token belongs to, as the backend knows them now. Not every backend tells. */
  readUser?(token: Secret): PromiseLike<User>;

  /**
   * Sets the phone number.
   *
   * @throws Failure `phone-already-set` where `overwrite` is false and another is set, `phone-taken`, `key-stale`,
   * `code-rejected`, `account-changed`, `not-permitted`
   */
  setPhone(token: Secret, update: PhoneUpdate): PromiseLike<User>;

  /**
   * Keeps what the host told of the person.
   *
   * @throws Failure `profile-updates-off` where the server lets no client do so, `key-stale`, `code-rejected`
   */
  setHostProfile(token: Secret, update: HostProfileUpdate): PromiseLike<User>;

  /**
   * Keeps what the person typed in and chose.
   *
   * @throws Failure `profile-updates-off`, `invalid-request`
   */
  setProfile(token: Secret, fields: ProfileFields, sync: ProfileSync): PromiseLike<User>;

  /**
   * Sends a picture to the server.
   *
   * @param filePath a temporary path of the host (W-11)
   * @returns the address under which the server keeps it
   * @throws Failure `avatar-refused` where it is no picture, or too large; `profile-updates-off`
   */
  uploadAvatar(token: Secret, filePath: string): PromiseLike<string>;

  /**
   * Ties the host account of a login code to the user (G-19).
   *
   * @throws Failure `linked-elsewhere` where it belongs to another user, `link-occupied` where the user has another
   * account of this host and `overwrite` is false, `anonymous-user`, `code-rejected`
   */
  link(token: Secret, input: AccountLink): PromiseLike<Linked>;

  /**
   * Sets the names and the password that the next sign-in may be by.
   *
   * @throws Failure `name-taken`, `phone-taken`, `password-wrong`, `password-too-weak`, `invalid-request`
   */
  setAccount(token: Secret, changes: AccountChanges): PromiseLike<User>;

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
