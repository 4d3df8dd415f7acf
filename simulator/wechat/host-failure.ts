/** Why the host did not do what it was asked. */
export class HostFailure extends Error {
  readonly numbers: { readonly errno?: number; readonly errcode?: number };
  /** What follows `<api>:` in `errMsg`. */
  readonly status: string;

  /**
   * @param reason in words
   * @param numbers the host's numbers for it; `errno` is told since base library 2.24.0
   * @param status how `errMsg` puts it, where that is not `fail <reason>`
   */
  constructor(reason: string, numbers: { errno?: number; errcode?: number } = {}, status = `fail ${reason}`) {
    super(reason);
    this.name = 'HostFailure';
    this.numbers = numbers;
    this.status = status;
  }
}
