/** A call that would never be answered. */
export interface HungCall {
  /** Lets it go on and answer. */
  release(): void;
}

export interface HungCalls<Name extends string> {
  /** The calls of `api` that hang, oldest first. */
  of(api: Name): readonly HungCall[];
  /** Keeps a call until it is released; the answer drops it unreleased. */
  add(api: Name, goOn: () => void): () => void;
  clear(): void;
}

export function createHungCalls<Name extends string>(): HungCalls<Name> {
  const hung = new Map<HungCall, Name>();
  return {
    of: (api) => [...hung].filter(([, name]) => name === api).map(([call]) => call),
    add(api, goOn) {
      const call: HungCall = {
        release() {
          if (hung.delete(call)) goOn();
        },
      };
      hung.set(call, api);
      return () => void hung.delete(call);
    },
    clear: () => hung.clear(),
  };
}
