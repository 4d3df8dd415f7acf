/** Makes a call that may fail, or throw (the SDK does both). */
export function quietly(call: () => PromiseLike<unknown>): Promise<void> {
  return Promise.resolve()
    .then(call)
    .then(
      () => {},
      () => {},
    );
}
