import type { Auth } from '../machines/auth.js';
import type { Flow } from '../machines/flow.js';
import { isSame } from '../machines/is-same.js';
import { bond } from './bond.js';

export interface PageFlowParts<Options extends object, F extends Flow> {
  /** What the flow is wanted for, as the properties stand now. */
  options(): Options;
  open(auth: Auth, options: Options): F;
  /** Whether the flow may be left for one with other options: a question that is open keeps its button (G-15). */
  isAtRest(flow: F): boolean;
  /** Hears of everything that a view may have to show. */
  onChange(): void;
}

/** A flow of the app's auth that lives as long as its component is on the page. */
export interface PageFlow<F> {
  /** `null` where the app has made no auth. */
  readonly auth: Auth | null;
  readonly flow: F | null;
  /** Whether the component may set data and tell events (G-17). */
  readonly isHeld: boolean;
  /** For a tap: a flow that ended with a stopped auth is opened anew. */
  use(): F | null;
  /** The properties may have changed: where the options have, another flow is opened, at rest (G-15). */
  refresh(): void;
  hold(): void;
  release(): void;
}

/**
 * Opens a flow where there is an auth, and another where another auth takes its place, or where it has started again.
 *
 * @param host the host's global object; `null` outside every known host
 */
export function pageFlow<Options extends object, F extends Flow>(
  host: object | null,
  { options, open, isAtRest, onChange }: PageFlowParts<Options, F>,
): PageFlow<F> {
  let auth: Auth | null = null;
  let flow: F | null = null;
  let opened: Options | null = null;

  const reopen = () => {
    flow?.leave();
    opened = options();
    flow = auth && open(auth, opened);
    flow?.subscribe(changed);
  };
  const isOutdated = (flow: F) => opened !== null && !isSame(opened, options()) && (flow.hasEnded() || isAtRest(flow));
  const changed = () => {
    onChange();
    if (!link.isHeld || !flow || !isOutdated(flow)) return;
    reopen();
    onChange();
  };
  const link = bond(host, ({ status }) => {
    const isOther = link.auth !== auth;
    auth = link.auth;
    if (isOther || (flow?.hasEnded() && status !== 'stopped')) reopen();
    changed();
  });

  return {
    get auth() {
      return auth;
    },
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
    refresh: changed,
    hold: () => link.hold(),
    release() {
      link.release();
      flow?.leave();
      flow = null;
      auth = null;
    },
  };
}
