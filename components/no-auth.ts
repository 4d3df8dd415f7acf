import { Failure } from '../ports/failure.js';

/** A tap where the app never called `createAuth`: a developer's mistake, said where developers look. */
export function noAuth(): Failure {
  const failure = new Failure('misconfigured', {
    message: 'createAuth() was not called before this button was tapped.',
  });
  console.error(`denglu: ${failure.message}`);
  return failure;
}
