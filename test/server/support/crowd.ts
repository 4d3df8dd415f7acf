import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { fakeOpenApi } from './open-api.js';

/** What one of many who sign in is answered. */
export interface CrowdAnswer {
  status: number;
  body: { code?: string; token?: string; user?: { id: string } };
}

/**
 * One person's many devices, and their host, as a process of its own: in the server's they would wait for each other,
 * and so never come at once.
 */
export async function startCrowd() {
  const child = fork(fileURLToPath(import.meta.url), { execArgv: ['--import', 'tsx'] });
  const [apiUrl]: string[] = await once(child, 'message');
  return {
    apiUrl: String(apiUrl),

    /** All of them sign in at once. */
    async signIn(address: string, count: number): Promise<CrowdAnswer[]> {
      child.send({ address, count });
      const [answers]: CrowdAnswer[][] = await once(child, 'message');
      return answers ?? [];
    },

    end: () => child.kill(),
  };
}

async function beCrowd(): Promise<void> {
  const openApi = fakeOpenApi();
  process.on('message', async ({ address, count }: { address: string; count: number }) => {
    const headers = { 'content-type': 'application/json' };
    const signIn = async (): Promise<CrowdAnswer> => {
      const body = JSON.stringify({ code: openApi.codeFor({ openid: 'o-crowd' }) });
      const response = await fetch(address, { method: 'POST', headers, body });
      return { status: response.status, body: await response.json() };
    };
    process.send?.(await Promise.all(Array.from({ length: count }, signIn)));
  });
  process.on('disconnect', () => process.exit());
  process.send?.((await openApi.listen()).url);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await beCrowd();
