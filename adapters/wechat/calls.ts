import { callsOf } from '../host/calls.js';
import { readFailure, type Subject } from './failures.js';

export { quietly, tell } from '../host/calls.js';

/** The calls of `wx`. */
export const { ask, attempt } = callsOf<Subject>(readFailure);
