/**
 * What a handler of a page is given: structurally the host's `CustomEvent`, so that it serves with and without the
 * host's typings.
 */
export interface ComponentEvent<Detail> {
  /** The event's name. */
  type: string;
  /** Milliseconds since the page was opened. */
  timeStamp: number;
  /** What `mark:` attributes say on the event's way. */
  mark?: Record<string, unknown>;
  /** Where it came from. */
  target: ComponentEventTarget;
  /** Where it was bound. */
  currentTarget: ComponentEventTarget;
  detail: Detail;
}

export interface ComponentEventTarget {
  id: string;
  tagName?: string;
  /** What `data-` attributes say. */
  dataset: Record<string, unknown>;
  offsetTop: number;
  offsetLeft: number;
}

/** How a component tells its events: what is not in their types is not told. */
export type Tell<Events> = <Name extends keyof Events>(event: Name, detail: Events[Name]) => void;
