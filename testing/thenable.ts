/** A promise that tells its answer in the stack that gives it, so that nothing hangs on the order of microtasks. */
export interface Deferred<T> {
  readonly promise: PromiseLike<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

type State<T> = { status: 'pending' } | { status: 'resolved'; value: T } | { status: 'rejected'; error: unknown };

export function defer<T>(): Deferred<T> {
  let state: State<T> = { status: 'pending' };
  let waiting: (() => void)[] = [];

  const settle = (next: State<T>) => {
    if (state.status !== 'pending') return;
    state = next;
    const told = waiting;
    waiting = [];
    for (const tell of told) tell();
  };

  const promise: PromiseLike<T> = {
    // biome-ignore lint/suspicious/noThenProperty: being a promise for others is what it is for.
    then<Value = T, Reason = never>(
      onValue?: ((value: T) => Value | PromiseLike<Value>) | null,
      onError?: ((error: unknown) => Reason | PromiseLike<Reason>) | null,
    ): PromiseLike<Value | Reason> {
      const next = defer<Value | Reason>();
      const pass = () => {
        try {
          if (state.status === 'resolved') adopt(next, onValue ? onValue(state.value) : (state.value as never));
          else if (state.status === 'rejected' && onError) adopt(next, onError(state.error));
          else if (state.status === 'rejected') next.reject(state.error);
        } catch (error) {
          next.reject(error);
        }
      };
      if (state.status === 'pending') waiting.push(pass);
      else pass();
      return next.promise;
    },
  };

  return {
    promise,
    resolve: (value) => settle({ status: 'resolved', value }),
    reject: (error) => settle({ status: 'rejected', error }),
  };
}

function adopt<T>(next: Deferred<T>, answer: T | PromiseLike<T>): void {
  if (isPromiseLike(answer)) answer.then(next.resolve, next.reject);
  else next.resolve(answer);
}

function isPromiseLike<T>(answer: T | PromiseLike<T>): answer is PromiseLike<T> {
  return typeof answer === 'object' && answer !== null && 'then' in answer;
}
