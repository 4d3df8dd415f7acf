import { accountEndpoints } from './account.js';
import { createAvatars } from './avatars.js';
import type { Desk, Endpoint } from './desk.js';
import type { MemoryHost } from './host.js';
import { objectOf, refuse } from './input.js';
import { linkEndpoints } from './link.js';
import { ServerRefusal } from './refusal.js';
import { signInEndpoints } from './sign-in.js';
import { hostDataEndpoints, profileEndpoints } from './user-data.js';

/** The size of the largest body that is no upload, in bytes. */
const MAX_BODY = 16 * 1024;

/** One request, read. */
export interface ReadRequest {
  readonly request: Request;
  /** Of what came as JSON, or the fields of a form; `undefined` where it is neither. */
  readonly body: unknown;
  readonly size: number;
  readonly token: string;
}

/** Answers requests as the real server does; what is none of its addresses is the app's own, and wants a token. */
export function createAnswers(desk: Desk) {
  const { store } = desk;
  const avatars = createAvatars(desk);
  const hostEndpoints = (host: MemoryHost) => ({
    ...signInEndpoints(desk, host),
    ...hostDataEndpoints(desk, host),
    ...linkEndpoints(desk, host),
  });
  const endpoints: Record<string, Endpoint> = {
    ...Object.fromEntries(desk.hosts.flatMap((host) => Object.entries(hostEndpoints(host)))),
    ...profileEndpoints(desk, avatars.has),
    ...avatars.endpoints,
    ...accountEndpoints(desk),
    'GET /user': ({ token }) => store.userOf(store.session(token)),
    'POST /sign-out'({ token }) {
      store.session(token);
      store.endSession(token);
      return { success: true };
    },
  };

  async function answer({ request, body, size, token }: ReadRequest): Promise<Response> {
    const { origin, pathname } = new URL(request.url);
    const [, path] = /\/denglu(\/.+)$/.exec(pathname) ?? [];
    if (path === undefined) {
      const picture = avatars.read(request);
      if (!picture) store.session(token);
      return picture ?? Response.json({ ok: true });
    }
    const name = `${request.method} ${path}`;
    const endpoint = endpoints[name];
    if (!endpoint) throw new ServerRefusal('NOT_FOUND');
    if (size > MAX_BODY && path !== '/avatar') throw new ServerRefusal('BODY_TOO_LARGE');
    const fields = objectOf(body) ?? (LOOSE.includes(path) ? {} : refuse());
    const status = name === 'POST /register' ? 201 : 200;
    return Response.json(await endpoint({ body: fields, token, origin }), { status });
  }

  return async (read: ReadRequest): Promise<Response> => {
    try {
      return await answer(read);
    } catch (error) {
      if (error instanceof ServerRefusal) return error.toResponse();
      throw error;
    }
  };
}

/** They do not want JSON, or look at the token before the body. */
const LOOSE = ['/user', '/sign-out', '/avatar'];
