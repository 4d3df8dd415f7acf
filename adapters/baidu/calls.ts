import { type Calls, callsOf } from '../host/calls.js';
import { readFailure, type Subject } from './failures.js';

export { quietly, tell } from '../host/calls.js';

const calls = callsOf<Subject>(readFailure);

/** Calls `swan` for an answer that comes later. */
export const { ask } = calls;

/** Calls `swan` for an answer at once: what failed may be answered as an Error, instead of thrown (B-02). */
export const attempt: Calls<Subject>['attempt'] = (call) =>
  calls.attempt(() => {
    const answer = call();
    if (answer instanceof Error || Object.prototype.toString.call(answer) === '[object Error]') throw answer;
    return answer;
  });
