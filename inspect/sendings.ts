import type { ActorRefLike } from 'xstate';

/** One event on its way to one actor. */
export interface Sending {
  /** Grows from 1 with each event. */
  readonly order: number;
  readonly at: number;
}

/**
 * Remembers when events were sent. XState tells a transition when all that it caused is over, so that only the sending
 * comes in the order of cause and effect.
 */
export function createSendings(now: () => number) {
  // Kept by identity only, and no longer than XState keeps the event: what is in it is nobody's business here (G-23).
  const underWay = new WeakMap<object, { target: ActorRefLike; sending: Sending }[]>();
  let last = 0;
  const next = (): Sending => {
    last += 1;
    return { order: last, at: now() };
  };

  return {
    /** Something else, which was sent just now. */
    next,
    note(event: object, target: ActorRefLike): void {
      underWay.set(event, [...(underWay.get(event) ?? []), { target, sending: next() }]);
    },
    /** When what this actor has just handled was sent; now for what nobody sent, such as the stop by a parent. */
    take(event: object, target: ActorRefLike): Sending {
      const sent = underWay.get(event) ?? [];
      const index = sent.findIndex((other) => other.target === target);
      return sent.splice(index, index < 0 ? 0 : 1)[0]?.sending ?? next();
    },
  };
}
