import { Failure } from '../../../ports/failure.js';
import type { HttpResponse, Platform } from '../../../ports/platform.js';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;
export type Files = Map<string, Uint8Array<ArrayBuffer>>;

/**
 * What a backend uses of a platform, without a host: requests and uploads over `fetch`.
 *
 * @param files by the paths under which they can be uploaded
 */
export function networkOver(fetch: Fetch, files: Files = new Map()): Pick<Platform, 'request' | 'upload'> {
  return {
    request: ({ url, method = 'GET', headers = {}, data }) =>
      answerOf(
        fetch(url, {
          method,
          headers: { ...headers },
          ...(data !== undefined && { body: typeof data === 'string' ? data : JSON.stringify(data) }),
        }),
      ),

    upload({ url, filePath, field, headers = {} }) {
      const file = files.get(filePath);
      if (!file) throw new Error(`there is no file ${filePath}`);
      const body = new FormData();
      body.append(field, new Blob([file], { type: 'image/png' }), 'picture.png');
      return answerOf(fetch(url, { method: 'POST', headers: { ...headers }, body }));
    },
  };
}

async function answerOf(sent: Promise<Response>): Promise<HttpResponse> {
  const response = await sent.catch(() => {
    throw new Failure('offline');
  });
  const text = await response.text();
  return { status: response.status, headers: Object.fromEntries(response.headers), data: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
