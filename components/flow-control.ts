import type { Auth } from '../machines/auth.js';
import type { Flow } from '../machines/flow.js';
import { type FailureKind, failureText, type Locale } from '../ports/failure.js';
import type { OutcomeEvents } from './details.js';
import type { Tell } from './event.js';
import { localeFrom } from './locale.js';
import { type OutcomeSnapshot, outcomes } from './outcomes.js';
import { type PageFlow, pageFlow } from './page-flow.js';
import type { Lifetime, Surface } from './surface.js';

export interface FlowControlParts<Options extends object, F> {
  /** What the flow is wanted for, as the properties stand now. */
  options(): Options;
  open(auth: Auth, options: Options): F;
  /** Whether the flow may be left for one with other options (G-15). */
  isAtRest(flow: F): boolean;
  /** The states that are a success. */
  done: readonly string[];
  /** The state in which one more tap is asked for: no outcome yet. */
  again: string;
  /** Shows the flow as it stands; it is asked also after the component has left the page. */
  render(): void;
}

/** What every control of a component with a flow does with it. */
export interface FlowControl<F, Snapshot> extends Lifetime {
  readonly page: PageFlow<F>;
  /** `null` where the app has made no auth. */
  snapshot(): Snapshot | null;
  locale(): Locale;
  /** Events carry what views may know, never the session's token (G-23). */
  readonly tell: Tell<OutcomeEvents>;
  fail(kind: FailureKind): void;
  /** The person has tapped, or answered: what fails from now on is told. */
  expect(): void;
  /** The page knows already: what the flow withdraws now is no news. */
  settle(): void;
}

/** Opens a component's flow, shows it, and tells its page what becomes of it, each outcome once. */
export function flowControl<Options extends object, Snapshot extends OutcomeSnapshot, F extends Flow<Snapshot>>(
  surface: Pick<Surface<{ readonly locale: string }, never, OutcomeEvents>, 'host' | 'properties' | 'tell'>,
  { options, open, isAtRest, done, again, render }: FlowControlParts<Options, F>,
): FlowControl<F, Snapshot> {
  const locale = () => localeFrom(surface.properties().locale);
  const snapshot = () => page.flow?.getSnapshot() ?? null;
  const tell: Tell<OutcomeEvents> = (event, detail) => {
    if (page.isHeld) surface.tell(event, detail);
  };
  const begin = () => outcomes({ done, again, locale, tell, user: () => page.auth?.getSnapshot().user ?? null });
  let told = begin();

  const page = pageFlow<Options, F>(surface.host, {
    options,
    open,
    isAtRest,
    onChange() {
      render();
      const standing = snapshot();
      if (standing && page.isHeld) told.follow(standing);
    },
  });

  return {
    page,
    snapshot,
    locale,
    tell,
    fail: (kind) => tell('failure', { kind, text: failureText(kind, locale()) }),
    expect: () => told.expect(),
    settle: () => told.settle(),
    hold() {
      told = begin();
      page.hold();
      render();
    },
    release: () => page.release(),
    refresh: () => page.refresh(),
  };
}
