import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fakeOpenApi, secretOf } from '../../test/server/support/open-api.js';

const APP_ID = 'wx-durable';

/** A sign-in whose answer arrived whole: from then on it may not be lost. */
export interface Acknowledged {
  openid: string;
  userId: string;
  token: string;
}

/** Of each round: people who were never here, one person's devices all at once, and people who were here before. */
const NEW = 6;
const DEVICES = 4;
const KNOWN = 4;

/** How much later than some answer the server is killed, in milliseconds, at most: somewhere between two steps. */
const LATEST = 20;

/**
 * How many hang up before they are answered, and how long after they asked, in milliseconds, at most. A kill seldom finds
 * the moment between a commit and its answer; whoever hangs up makes it as long as the rest of the round.
 */
const HASTY = 0.3;
const LONGEST_WAIT = 60;

interface Running {
  url: string;
  kill(): Promise<void>;
}

/**
 * Kills a server in the middle of sign-ins, over and over, each time another one on the same database.
 *
 * @param server the file that runs it
 * @param databaseUrl its database
 * @param count how often
 */
export async function killOften(server: string, databaseUrl: string, count: number) {
  const openApi = fakeOpenApi();
  const { url: apiUrl, close } = await openApi.listen();
  const acknowledged: Acknowledged[] = [];
  let sent = 0;

  async function start(): Promise<Running> {
    const child = spawn(process.execPath, [server], {
      env: {
        DENGLU_SECRET: 'a secret of this one run, long enough',
        WECHAT_APP_ID: APP_ID,
        WECHAT_APP_SECRET: secretOf(APP_ID),
        WECHAT_API_URL: apiUrl,
        DATABASE_URL: databaseUrl,
        PORT_SERVER: '0',
        LIMIT_PER_ADDRESS: '1000000',
        LIMIT_PER_ACCOUNT: '1000000',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(child, 'exit');
    return {
      url: await listening(child),
      async kill() {
        child.kill('SIGKILL');
        await gone;
      },
    };
  }

  async function signIn(url: string, openid: string): Promise<void> {
    sent += 1;
    const hangUp = Math.random() < HASTY ? AbortSignal.timeout(Math.ceil(Math.random() * LONGEST_WAIT)) : null;
    const body = JSON.stringify({ code: openApi.codeFor({ openid }) });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/api/auth/denglu/wechat/sign-in`, {
      method: 'POST',
      headers,
      body,
      signal: hangUp,
    });
    const { token, user }: { token: string; user: { id: string } } = JSON.parse(await response.text());
    if (response.status === 200) acknowledged.push({ openid, userId: user.id, token });
  }

  let next = start();
  let all: Promise<void>[] = [];
  for (let round = 0; round < count; round += 1) {
    const { url, kill } = await next;
    next = start();
    const known = acknowledged.slice(-KNOWN).map(({ openid }) => openid);
    const people = [
      ...Array.from({ length: NEW }, (_, index) => `o-${round}-${index}`),
      ...Array.from({ length: DEVICES }, () => `o-${round}-devices`),
      ...known,
    ];
    const enough = Math.floor(Math.random() * people.length);
    let answered = 0;
    await new Promise<void>((resolve) => {
      const count = () => {
        if (answered >= enough) setTimeout(resolve, Math.random() * LATEST);
        answered += 1;
      };
      // What is cut off, by the kill or before it, was never acknowledged, and may have been done or not.
      all = people.map((openid) =>
        signIn(url, openid)
          .catch(() => {})
          .then(count),
      );
      count();
    });
    await kill();
    await Promise.all(all);
  }

  const last = await next;
  return {
    acknowledged,
    sent: () => sent,
    url: last.url,
    async stop() {
      await last.kill();
      close();
    },
  };
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      output += text;
      const [, url] = /"url":"([^"]+)"/.exec(output) ?? [];
      if (url) resolve(url);
    });
    child.once('exit', () => reject(new Error(`The server ended instead of listening:\n${output}`)));
  });
}
