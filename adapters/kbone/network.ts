import { Failure } from '../../ports/failure.js';
import type { HttpRequest, HttpResponse, Platform } from '../../ports/platform.js';
import type { BrowserRequest, BrowserResponse, BrowserWindow } from './window.js';

/** What goes to the app's server, which has to allow the page's origin. */
export function networkMembers(window: BrowserWindow): Pick<Platform, 'request' | 'upload'> {
  const send = (url: string, request: BrowserRequest) =>
    ask(() => window.fetch(url, request)).then((response) =>
      response.text().then((text) => answerFrom(response, text), unreached),
    );
  return {
    request: (request) => send(...fetched(request)),

    upload: ({ url, filePath, field, headers }) =>
      // The path is an address that the page made of the chosen file.
      ask(() => window.fetch(filePath), lost)
        .then((file) => file.blob())
        .then((picture) => {
          const body = new window.FormData();
          body.append(field, picture, `${field}.${picture.type.split('/')[1] ?? 'bin'}`);
          return send(url, { method: 'POST', headers: { ...headers }, credentials: 'omit', body });
        }),
  };
}

/** Calls the browser in this very stack; whatever it throws becomes a rejection. */
function ask(
  call: () => PromiseLike<BrowserResponse>,
  refuse: (error: unknown) => never = unreached,
): Promise<BrowserResponse> {
  return new Promise<BrowserResponse>((resolve, reject) => call().then(resolve, reject)).then(undefined, refuse);
}

function lost(error: unknown): never {
  throw new Failure('unknown', { message: 'The chosen picture is gone.', raw: error });
}

/** A browser says of an origin that is not allowed no more than of a cable that is out. */
function unreached(error: unknown): never {
  const message = `${error instanceof Error ? error.message : 'fetch failed'}: no network, or the server does not allow this page's origin`;
  throw new Failure('offline', { message, raw: error });
}

function fetched({ url, method = 'GET', headers, data }: HttpRequest): [url: string, request: BrowserRequest] {
  const request: BrowserRequest = { method, headers: { ...headers }, credentials: 'omit' };
  if (data === undefined) return [url, request];
  if (method === 'GET') return [typeof data === 'string' ? url : withQuery(url, data), request];
  if (typeof data === 'string') return [url, { ...request, body: data }];
  const isTyped = Object.keys(request.headers).some((name) => name.toLowerCase() === 'content-type');
  if (!isTyped) request.headers['content-type'] = 'application/json';
  return [url, { ...request, body: JSON.stringify(data) }];
}

function withQuery(url: string, data: object): string {
  const query = Object.entries(data)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
  if (!query) return url;
  const [address = '', ...hash] = url.split('#');
  return [`${address}${address.includes('?') ? '&' : '?'}${query}`, ...hash].join('#');
}

function answerFrom({ status, headers }: BrowserResponse, text: string): HttpResponse {
  const lowered: Record<string, string> = {};
  headers.forEach((value, name) => {
    lowered[name.toLowerCase()] = value;
  });
  return { status, headers: lowered, data: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
