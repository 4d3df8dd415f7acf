/** Where the session is: the state of its chart, by name. */
export type AuthStatus =
  | 'stopped'
  | 'restoring'
  | 'checking'
  | 'signedOut'
  | 'signingIn'
  | 'offline'
  | 'signedIn'
  | 'renewing'
  | 'expired'
  | 'signingOut';
