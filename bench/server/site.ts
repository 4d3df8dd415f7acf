import type { Came, Load } from './load.js';
import { type Part, startPart } from './process.js';
import type { Cpu, Serving } from './serve.js';

/** The processes of one measurement: servers, the open API they ask, and who signs in. */
export interface Site {
  /** Starts a server. Of several on one database, the first has to be denglu's: it makes the tables. */
  serve(kind: Serving['kind']): Promise<Served>;
  /**
   * Sends sign-ins to servers.
   *
   * @returns what came of them, and the time that the servers used of their processors, in milliseconds
   * @throws Error where one failed
   */
  load(servers: readonly Served[], load: Omit<Load, 'urls'>): Promise<Came & { cpu: number }>;
  end(): Promise<void>;
}

export interface Served {
  url: string;
  part: Part<object, Cpu>;
}

/** Opens one on an empty database. */
export async function openSite(databaseUrl: string): Promise<Site> {
  const parts: { end(): Promise<void> }[] = [];
  const start = async <Question extends object, Answer, Ready>(file: string, setting: object) => {
    const started = await startPart<Question, Answer, Ready>(file, setting);
    parts.push(started.part);
    return started;
  };
  const api = await start<object, object, { url: string }>('./open-api.ts', {});
  const sender = await start<Load, Came, object>('./load.ts', {});
  const spent = async (servers: readonly Served[]) => {
    const each = await Promise.all(servers.map(({ part }) => part.ask({})));
    return each.reduce((sum, { user, system }) => sum + user + system, 0) / 1000;
  };

  return {
    async serve(kind) {
      const serving: Serving = { kind, databaseUrl, apiUrl: api.ready.url };
      const { part, ready } = await start<object, Cpu, { url: string }>('./serve.ts', serving);
      return { url: ready.url, part };
    },

    async load(servers, load) {
      const before = await spent(servers);
      const came = await sender.part.ask({ ...load, urls: servers.map(({ url }) => url) });
      if (came.failed > 0) throw new Error(`${came.failed} of ${came.failed + came.ok} sign-ins failed.`);
      return { ...came, cpu: (await spent(servers)) - before };
    },

    async end() {
      for (const part of parts) await part.end();
    },
  };
}
