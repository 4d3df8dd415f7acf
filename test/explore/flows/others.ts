import type { Companion } from '../../../testing/index.js';

/** Who comes and goes by other ways. */
export function others(isSignedIn: boolean): Companion<boolean> {
  return {
    start: isSignedIn,
    tells: (isIn): ReturnType<Companion<boolean>['tells']> =>
      isIn
        ? { 'the user signs out': { event: { type: 'USER.LEFT' }, next: false } }
        : { 'somebody signs in': { event: { type: 'USER.CAME' }, next: true } },
  };
}
