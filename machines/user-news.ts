import { fromCallback } from 'xstate';
import type { User } from '../ports/backend.js';

/** What the companion `watchUser` tells a flow that stands differently with somebody signed in. */
export type UserNews = { type: 'USER.CAME' } | { type: 'USER.LEFT' };

/** @param watchUser tells who is signed in, at once and at every change; answers how to stop listening */
export function userNews(watchUser: (listener: (user: User | null) => void) => () => void) {
  return fromCallback(({ sendBack }) => {
    let id: string | null | undefined;
    return watchUser((user) => {
      const next = user?.id ?? null;
      if (id !== undefined && next !== id) {
        sendBack({ type: next === null ? 'USER.LEFT' : 'USER.CAME' } satisfies UserNews);
      }
      id = next;
    });
  });
}
