import type { Network } from './network.js';

/** What `request` reads of its option. */
export interface RequestOption {
  url: string;
  method?: string;
  data?: string | object;
  header?: Readonly<Record<string, string>>;
  /** `json`, the default, parses what can be parsed. */
  dataType?: string;
}

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

interface Sending {
  network: Network;
  fetch: Fetch;
  referer: string;
  option: RequestOption;
  signal: AbortSignal;
}

/**
 * Sends one request as hosts do.
 *
 * @throws HostFailure where the other side was not reached
 */
export async function sendRequest({ network, fetch, referer, option, signal }: Sending): Promise<object> {
  network.require();
  const { url, data, dataType = 'json' } = option;
  const method = (option.method ?? 'GET').toUpperCase();
  const headers = new Headers(option.header);
  headers.set('referer', referer);
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  const init: RequestInit = { method, headers, signal, credentials: 'omit' };

  try {
    const response =
      method === 'GET' || method === 'HEAD'
        ? await fetch(withQuery(url, data), init)
        : await fetch(url, { ...init, ...encodedBody(data, headers.get('content-type')) });
    const text = await response.text();
    return {
      statusCode: response.status,
      data: dataType === 'json' ? parsed(text) : text,
      header: Object.fromEntries([...response.headers].map(([name, value]) => [titleCase(name), value])),
      cookies: response.headers.getSetCookie(),
    };
  } catch {
    throw network.unreachable();
  }
}

function withQuery(url: string, data: RequestOption['data']): string {
  const query = typeof data === 'object' ? formEncoded(data) : '';
  if (query === '') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

function encodedBody(data: RequestOption['data'], contentType: string | null): { body?: BodyInit } {
  if (data === undefined) return {};
  if (typeof data === 'string' || data instanceof ArrayBuffer) return { body: data };
  const isForm = contentType?.startsWith('application/x-www-form-urlencoded');
  return { body: isForm ? formEncoded(data) : JSON.stringify(data) };
}

function formEncoded(data: object): string {
  return Object.entries(data)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The host gives header names as servers write them, not in the lower case of fetch. */
function titleCase(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}
