import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostAccount {
  openid: string;
  unionid?: string;
}

/** How the open API treats one code. */
export type Treatment = (signal: AbortSignal | null | undefined) => Response | Promise<Response>;

export const answers =
  (body: unknown, status = 200): Treatment =>
  () =>
    typeof body === 'string' ? new Response(body, { status }) : Response.json(body, { status });

export const hangs: Treatment = (signal) =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

export const breaks: Treatment = () => Promise.reject(new TypeError('fetch failed'));

export const secretOf = (appId: string) => `secret-of-${appId}`;

/** WeChat's code2Session with codes made to order (S-01). Unlike the simulator's, it may also misbehave. */
export function fakeOpenApi() {
  const codes = new Map<string, Treatment>();
  const used = new Set<string>();
  const sessionKeys: string[] = [];

  function codeTreated(treatment: Treatment): string {
    const code = `code-${randomUUID()}`;
    codes.set(code, treatment);
    return code;
  }

  const answer = (request: Request): Response | Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    const code = searchParams.get('js_code') ?? '';
    const appId = searchParams.get('appid') ?? '';
    const refuse = (errcode: number) => Response.json({ errcode, errmsg: `rid: ${code}` });
    if (request.method !== 'GET' || pathname !== '/sns/jscode2session') return new Response('', { status: 404 });
    if (searchParams.get('grant_type') !== 'authorization_code') return refuse(40002);
    if (!appId.startsWith('wx')) return refuse(40013);
    if (searchParams.get('secret') !== secretOf(appId)) return refuse(40125);
    if (used.has(code)) return refuse(40163);
    const treatment = codes.get(code);
    if (!treatment) return refuse(40029);
    used.add(code);
    return treatment(request.signal);
  };

  return {
    /** Every session key that was ever given out. */
    sessionKeys,
    codeTreated,

    codeFor({ openid, unionid }: HostAccount): string {
      return codeTreated(() => {
        const session_key = randomBytes(16).toString('base64');
        sessionKeys.push(session_key);
        return Response.json({ openid, session_key, unionid });
      });
    },

    fetch: (async (input, init) => answer(new Request(input, init))) satisfies typeof fetch,

    /** The same over HTTP. Answers the address, and how to stop. */
    async listen() {
      const server = createServer(async ({ url = '/', method = 'GET' }, outgoing) => {
        const response = await answer(new Request(new URL(url, 'http://open-api.invalid'), { method }));
        outgoing.writeHead(response.status).end(await response.text());
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
    },
  };
}
