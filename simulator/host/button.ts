import type { Sheet } from './sheets.js';

/** An event as the host gives it to a page. */
export interface ButtonEvent {
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** One press of a button, and the sheet that comes of it. */
export interface Press<Question extends string = string> extends Sheet<Question> {
  /** The button leaves the page. */
  unmount(): void;
  /** Whether an event came for a button that was no longer the one that was pressed (G-15). */
  readonly lost: boolean;
}
