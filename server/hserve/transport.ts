import type { ErrorStatus, Refusal } from '../errors.js';

/** Where this protocol's addresses begin. */
export const HSERVE = '/hserve/';

/** What a client of this protocol reads when a request was refused. */
export interface HserveError {
  status: 'error';
  error_msg: string;
}

/**
 * A refusal as this protocol says it. Its statuses are the documented codes, as far as they are statuses of HTTP: of the
 * others the client makes its own code, as 616 of 403 and 604 of 401.
 */
export function hserveError(refusal: Refusal): { status: ErrorStatus; body: HserveError } {
  const { code, status, message } = refusal;
  const missing = code === 'ACCOUNT_NOT_FOUND' || code === 'NOT_FOUND';
  const body: HserveError = { status: 'error', error_msg: missing ? 'not found' : message };
  const { baasCode } = refusal.body;
  if (baasCode === 400 || baasCode === 401 || baasCode === 404) return { status: baasCode, body };
  return { status, body };
}

/**
 * Headers whose credentials are this protocol's, with the bearer token that those hold. They come with every request that
 * has any: a sign-in does not look at them, so an old token is no hindrance there.
 */
export function withBearer(headers: Headers): Headers {
  const changed = new Headers(headers);
  const authorization = headers.get('authorization');
  if (authorization !== null) changed.set('authorization', authorization.replace(/^Hydrogen-r1\s+/i, 'Bearer '));
  return changed;
}
