/** One request as it came in. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** The other side of every request: it remembers what came, and answers what the test wants. */
export interface EchoServer {
  readonly requests: readonly SentRequest[];
  /** From now on every request is answered so. */
  answerWith(make: () => Response): void;
  fetch(input: string, init?: RequestInit): Promise<Response>;
}

/** Makes a server that answers `{ ok: true }`. */
export function createEchoServer(): EchoServer {
  const requests: SentRequest[] = [];
  let answer = () => Response.json({ ok: true });
  return {
    requests,
    answerWith(make) {
      answer = make;
    },
    async fetch(input, init) {
      const request = new Request(input, init);
      const { method, headers } = request;
      requests.push({ method, url: input, headers, body: await request.text() });
      return answer();
    },
  };
}
