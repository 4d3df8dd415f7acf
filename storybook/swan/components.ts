/** What a script hands to Baidu's `Component`, as far as a page on San runs it. */
export interface SwanDefinition {
  externalClasses?: readonly string[];
  properties?: Readonly<Record<string, { value?: unknown }>>;
  data?: Readonly<Record<string, unknown>>;
  /** By the names that they observe, parted by commas. */
  observers?: Readonly<Record<string, SwanMethod>>;
  lifetimes?: Readonly<Partial<Record<'attached' | 'detached', SwanMethod>>>;
  pageLifetimes?: Readonly<Partial<Record<'show' | 'hide', SwanMethod>>>;
  methods?: Readonly<Record<string, SwanMethod>>;
}

export type SwanMethod = (this: SwanInstance, ...args: never[]) => unknown;

/** The `this` of a component's functions, which find their methods and whatever they keep on it too. */
export interface SwanInstance {
  readonly data: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, unknown>>;
  setData(changes: Readonly<Record<string, unknown>>, ...more: readonly unknown[]): void;
  triggerEvent(name: string, detail?: unknown, ...more: readonly unknown[]): void;
}

/** A component as it lies in the package for Baidu. */
export interface SwanSource {
  readonly name: string;
  readonly definition: SwanDefinition;
  /** The text of its `.swan`. */
  readonly template: string;
  /** The text of its `.css`, with what it imports. */
  readonly style: string;
}
