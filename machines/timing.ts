/** How long things may take, in milliseconds. Every wait for a machine ends by one of these (G-09). */
export interface Timing {
  /** For the host to give a login code. */
  login: number;
  /** For the owner of the codes to hand one over, queue included. */
  code: number;
  /** For the backend to exchange a code. */
  exchange: number;
  /** For the host to say whether its session stands. */
  check: number;
  /** For the store to give back the session. */
  restore: number;
  /** For the backend to hear that a session has ended. */
  signOut: number;
  /** For a request of the app to get a session to go with. */
  session: number;
  /** For an answer to one of the app's own requests. */
  request: number;
  /** Between two host logins (W-03, G-21). */
  loginInterval: number;
  /** Before the one automatic retry of a busy or limited call, before jitter (G-21). */
  backOff: number;
  /** The longest wait for that retry; asked to wait longer, a sign-in fails and says so. */
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
  check: 3 * second,
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
