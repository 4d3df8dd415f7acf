/**
 * Why a code is not exchanged. The names are those of Baidu's OAuth; B-08 knows the shape of the answer, but no list of
 * numbers, so these are made up.
 */
const NUMBERS = { invalid_request: 1, invalid_client: 2, invalid_grant: 3 } as const;

/** The session exchange says no (B-08). */
export class ExchangeRefusal extends Error {
  readonly errno: number;
  readonly error: keyof typeof NUMBERS;

  constructor(error: keyof typeof NUMBERS, description: string) {
    super(description);
    this.name = 'ExchangeRefusal';
    this.error = error;
    this.errno = NUMBERS[error];
  }
}
