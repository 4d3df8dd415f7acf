/** Why a server cannot start, in words for whoever starts it. Its stack is of no use to them. */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}
