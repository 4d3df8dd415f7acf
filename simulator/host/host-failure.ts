/** The host's numbers for a failure, by the names that hosts have for them. */
export interface HostNumbers {
  readonly errno?: number;
  readonly errcode?: number;
  readonly errCode?: number | string;
}

/** Why the host did not do what it was asked. */
export class HostFailure extends Error {
  readonly numbers: HostNumbers;
  /** What follows `<api>:` in `errMsg`. */
  readonly status: string;

  /**
   * @param reason in words
   * @param numbers the host's numbers for it
   * @param status how `errMsg` puts it, where that is not `fail <reason>`
   */
  constructor(reason: string, numbers: HostNumbers = {}, status = `fail ${reason}`) {
    super(reason);
    this.name = 'HostFailure';
    this.numbers = numbers;
    this.status = status;
  }
}
