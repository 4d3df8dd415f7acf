/**
 * Waits for some work, though not for longer than this.
 *
 * @param patience in milliseconds
 * @returns whether it was done by then
 * @throws what it throws by then
 */
export async function within(patience: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patience);
  });
  try {
    return await Promise.race([work.then(() => true), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
