import type { PromiseActorLogic } from 'xstate';

/** An actor that makes one call and ends with its answer or its failure. */
export type TaskLogic<Output, Input = unknown> = PromiseActorLogic<Output, Input>;

/**
 * An actor for one call of a port, in the place of XState's `fromPromise`.
 *
 * That one needs `AbortController`, which mini-programs lack (W-21). Here the call is made inside the `send` that
 * starts the actor, so it still belongs to the tap that caused it (G-10), and an answer that comes after the actor
 * was stopped moves nothing (G-09).
 *
 * @param call makes the call; what it throws or rejects with becomes the actor's error, and an answer that needs no
 *   promise is taken in the same stack
 * @param takeLate gets what the call brought when nobody waits for it any more, for what must not be left lying about
 */
export function fromTask<Output, Input = unknown>(
  call: (scope: { input: Input }) => Output | PromiseLike<Output>,
  takeLate: (output: Output) => void = () => {},
): TaskLogic<Output, Input> {
  return {
    config: call,
    getInitialSnapshot: (_scope, input) => ({ status: 'active', output: undefined, error: undefined, input }),
    start: ({ input }, { self }) => {
      const isWaited = () => self.getSnapshot().status === 'active';
      const answer = call({ input: input as Input });
      if (isPromiseLike(answer)) {
        answer.then(
          (value) => {
            if (isWaited()) self.send({ type: 'task.answered', value });
            else takeLate(value);
          },
          (value: unknown) => {
            if (isWaited()) self.send({ type: 'task.failed', value });
          },
        );
      } else {
        self.send({ type: 'task.answered', value: answer });
      }
    },
    transition: (snapshot, event) => {
      switch (event.type) {
        case 'task.answered':
          return { status: 'done', output: event.value as Output, error: undefined, input: undefined };
        case 'task.failed':
          return { status: 'error', output: undefined, error: event.value, input: undefined };
        case 'xstate.stop':
          return { ...snapshot, status: 'stopped', output: undefined, error: undefined };
        default:
          return snapshot;
      }
    },
    getPersistedSnapshot: (snapshot) => snapshot,
  };
}

function isPromiseLike<T>(answer: T | PromiseLike<T>): answer is PromiseLike<T> {
  return typeof answer === 'object' && answer !== null && 'then' in answer;
}
