/** How long things may take, in milliseconds. Every wait for a machine ends by one of these (G-09). */
export interface Timing {
  /** For the host to give a login code. */
  login: number;
  /** For the owner of the codes to hand one over, queue included. */
  code: number;
  /** For the backend to exchange a code. */
  exchange: number;
  /** For the backend to sign in by phone, or to change something of the user. */
  update: number;
  /** For the backend to sign somebody in by a name and a password, or to register them. */
  password: number;
  /** For the backend to link a host account, the exchange of its code included. */
  link: number;
  /** For the backend to set names or a password. */
  setAccount: number;
  /** For a button that asks two things in one tap to be heard of, before it counts as broken (G-14). */
  coupled: number;
  /** For the host to say whether its session stands. */
  check: number;
  /** For the host to say what the person has allowed before. */
  consent: number;
  /** For the host to tell a profile that the person has allowed. */
  profile: number;
  /** For the backend to take a picture. */
  upload: number;
  /** For the host to say what the app's privacy guide is called, or to open it (W-16). */
  privacy: number;
  /** For the store to give back the session. */
  restore: number;
  /** For the backend to hear that a session has ended. */
  signOut: number;
  /** For a request with the session’s token to get a session to go with, or another in its place. */
  session: number;
  /** For an answer to one of the app's own requests. */
  request: number;
  /** Between two host logins (W-03, G-21). */
  loginInterval: number;
  /** Before the one automatic retry of a busy or limited call, before jitter (G-21). */
  backOff: number;
  /** The longest wait that may be asked for before that retry; asked to wait longer, a sign-in fails and says so. */
  longestBackOff: number;
  /** Between two checks of the host's session on show (G-08). */
  recheck: number;
  /** Taken off the lifetime of a code, for the way to the server (G-02). */
  codeMargin: number;
  /** Taken off the lifetime of a token, for the way to the server. */
  tokenMargin: number;
}

const second = 1000;
const minute = 60 * second;

export const defaultTiming: Timing = {
  login: 10 * second,
  code: 30 * second,
  exchange: 10 * second,
  update: 30 * second,
  password: 15 * second,
  link: 15 * second,
  setAccount: 15 * second,
  coupled: 15 * second,
  check: 3 * second,
  consent: 3 * second,
  profile: 10 * second,
  upload: 60 * second,
  privacy: 3 * second,
  restore: 2 * second,
  signOut: 5 * second,
  session: 60 * second,
  request: 30 * second,
  loginInterval: 300,
  backOff: 1 * second,
  longestBackOff: 10 * second,
  recheck: 5 * minute,
  codeMargin: 30 * second,
  tokenMargin: 1 * minute,
};

/**
 * The longest that a request with the session’s token can take, in milliseconds: a sign-in, an answer that rejects the
 * token, a renewal, and the answer to what is sent once more (G-05). Whoever waits for one waits so long, because one
 * that was given up earlier would be told as failed, and sent all the same.
 *
 * @param limit for each answer, in milliseconds
 */
export function longestRequest({ session }: Timing, limit: number): number {
  return 2 * (session + limit);
}
