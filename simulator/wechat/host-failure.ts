/** Why the host did not do what it was asked. */
export class HostFailure extends Error {
  readonly numbers: { readonly errno?: number; readonly errcode?: number };

  /**
   * @param reason what follows `<api>:fail ` in `errMsg`
   * @param numbers the host's numbers for it; `errno` is told since base library 2.24.0
   */
  constructor(reason: string, numbers: { errno?: number; errcode?: number } = {}) {
    super(reason);
    this.name = 'HostFailure';
    this.numbers = numbers;
  }
}
