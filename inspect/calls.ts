import type { Answer } from './record.js';

/** What is told of calls. */
export interface CallListener {
  began(actor: string, call: string, name: string): void;
  ended(answer: Omit<Answer, 'kind' | 'seq'>): void;
}

/** The calls of ports that charts wait for, and how long each takes. */
export interface Calls {
  /**
   * @param target who was asked: a task that makes one call, or a companion that makes many
   * @param actor which chart waits
   * @param targetName the target's own name
   * @param name what is called
   */
  asked(target: object, actor: string, targetName: string, name: string): void;
  /** A task, or a companion, has told its chart something. */
  answered(target: object, event: object & { readonly type: string }): void;
  /** Where a task, or a companion, now is: its chart may have left it. */
  moved(target: object, snapshot: { readonly status: string }): void;
}

export function createCalls(now: () => number, listener: CallListener): Calls {
  const open = new WeakMap<object, { call: string; since: number }>();
  const counts = new WeakMap<object, number>();

  const end = (target: object, outcome: Answer['outcome'], failure: string | null) => {
    const asked = open.get(target);
    if (!asked) return;
    open.delete(target);
    listener.ended({ call: asked.call, took: now() - asked.since, outcome, failure });
  };

  return {
    asked(target, actor, targetName, name) {
      // Asked again before it has answered: only the newest answer is waited for.
      end(target, 'left', null);
      const count = (counts.get(target) ?? 0) + 1;
      counts.set(target, count);
      const call = count === 1 ? targetName : `${targetName}.${count}`;
      open.set(target, { call, since: now() });
      listener.began(actor, call, name);
    },
    answered(target, event) {
      const failure = kindOf(Reflect.get(event, 'failure')) ?? kindOf(Reflect.get(event, 'error'));
      if (failure !== null) end(target, 'failed', failure);
      else if (event.type.indexOf('xstate.error.') === 0) end(target, 'failed', 'unknown');
      else end(target, 'done', null);
    },
    moved(target, snapshot) {
      if (snapshot.status === 'stopped') end(target, 'left', null);
    },
  };
}

function kindOf(failure: unknown): string | null {
  if (typeof failure !== 'object' || failure === null) return null;
  const kind: unknown = Reflect.get(failure, 'kind');
  return typeof kind === 'string' ? kind : null;
}
