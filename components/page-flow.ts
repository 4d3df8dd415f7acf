import type { Auth } from '../machines/auth.js';
import type { Flow } from '../machines/flow.js';
import { bond } from './bond.js';

/** A flow of the app's auth that lives as long as its component is on the page. */
export interface PageFlow<F> {
  /** `null` where the app has made no auth. */
  readonly flow: F | null;
  /** Whether the component may set data and tell events (G-17). */
  readonly isHeld: boolean;
  /** For a tap: a flow that ended with a stopped auth is opened anew. */
  use(): F | null;
  /** The options have changed: the flow is opened anew. */
  reopen(): void;
  hold(): void;
  release(): void;
}

/**
 * Opens a flow where there is an auth, and another where another auth takes its place, or where it has started again.
 *
 * @param host the host's global object; `null` outside every known host
 * @param open asks the auth for the flow
 * @param onChange hears of everything that a view may have to show
 */
export function pageFlow<F extends Flow>(
  host: object | null,
  open: (auth: Auth) => F,
  onChange: () => void,
): PageFlow<F> {
  let auth: Auth | null = null;
  let flow: F | null = null;

  const reopen = () => {
    flow?.leave();
    flow = auth && open(auth);
    flow?.subscribe(onChange);
  };
  const link = bond(host, ({ status }) => {
    const isOther = link.auth !== auth;
    auth = link.auth;
    if (isOther || (flow?.hasEnded() && status !== 'stopped')) reopen();
    onChange();
  });

  return {
    get flow() {
      return flow;
    },
    get isHeld() {
      return link.isHeld;
    },
    use() {
      if (!flow || flow.hasEnded()) reopen();
      return flow;
    },
    reopen() {
      if (link.isHeld) reopen();
    },
    hold: () => link.hold(),
    release() {
      link.release();
      flow?.leave();
      flow = null;
      auth = null;
    },
  };
}
