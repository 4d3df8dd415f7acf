import { Failure } from '../../ports/failure.js';
import type { HttpRequest } from '../../ports/platform.js';
import type { Secret } from '../../ports/secret.js';

/** The header that shows a token. */
export function bearer(token: Secret): Record<string, string> {
  return { authorization: `Bearer ${token.reveal()}` };
}

/**
 * The request with its address made absolute, and the token added.
 *
 * @throws Failure `misconfigured` where the address is not below `base`: a token goes nowhere else (G-23)
 */
export function authorized(base: string, request: HttpRequest, token: Secret): HttpRequest {
  return {
    ...request,
    url: absolute(base, request),
    headers: { ...withoutAuthorization(request.headers), ...bearer(token) },
  };
}

/** Names of headers have no case: two of them would both be sent. */
export function withoutAuthorization(headers: HttpRequest['headers'] = {}): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() !== 'authorization') kept[name] = value;
  }
  return kept;
}

export function absolute(base: string, { url }: HttpRequest): string {
  if (url.startsWith('/')) return base + url;
  if (url === base || url.startsWith(`${base}/`) || url.startsWith(`${base}?`)) return url;
  const [elsewhere] = url.split(/[?#]/);
  throw new Failure('misconfigured', { message: `The session's token is for ${base} only, not for ${elsewhere}` });
}
