import type { Tell } from './event.js';

/** What shows a component, and tells its page of it: a native component, or elements in kbone's DOM. */
export interface Surface<Given, View, Events> {
  /** The host's global object, where the app's auth is registered; `null` outside every known host. */
  readonly host: object | null;
  /** The properties, as they stand now. */
  properties(): Given;
  /** Shows the view; it is asked only while the component is on the page (G-17). */
  show(view: View): void;
  /** Tells the page; likewise. */
  tell: Tell<Events>;
}

/** The properties that every component has, as a page gives them. */
export interface GivenLooks<Texts> {
  readonly disabled: boolean;
  /** `zh` or `en`; empty for the host's language. */
  readonly locale: string;
  /** Replacements for single texts. */
  readonly texts: Partial<Texts> | null;
}

/** From `attached` to `detached`, whatever these are called where it is shown. */
export interface Lifetime {
  hold(): void;
  release(): void;
  /** The properties may have changed. */
  refresh(): void;
}
