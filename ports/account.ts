import type { User } from './backend.js';
import type { Secret } from './secret.js';

/** What a user may be called by where they sign in with a password. */
export type LoginName = 'username' | 'email' | 'phone';

export interface Credentials {
  readonly by: LoginName;
  readonly name: Secret;
  readonly password: Secret;
}

/** What is left out stays. */
export interface AccountChanges {
  readonly username?: string;
  readonly email?: string;
  readonly phone?: Secret;
  readonly password?: Secret;
  /** Needed where the user has a password already. */
  readonly currentPassword?: Secret;
}

/** A sign-in by a code that was sent to a phone number. */
export interface SmsSignIn {
  readonly phone: Secret;
  /** As the person read it. */
  readonly smsCode: Secret;
  /** Whether a user is made where nobody has proved this number. */
  readonly createUser: boolean;
}

export interface AccountLink {
  /** A login code that nobody has used (G-01): it says which host account is linked. */
  readonly code: Secret;
  /** Whether the same person in another app counts too. */
  readonly withUnionId: boolean;
  /** Whether another account of this host that the user has gives way (G-19). */
  readonly overwrite: boolean;
}

export interface Linked {
  readonly user: User;
  /** Whether this host account was the user's before (G-19). */
  readonly wasLinked: boolean;
}
