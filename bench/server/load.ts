import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { codeFor } from './codes.js';
import { beAsked } from './part.js';

/** Who signs in. */
export type Crowd = 'anonymous' | 'nobody' | 'new' | 'known';

/** Sign-ins to send. */
export interface Load {
  crowd: Crowd;
  /** The servers, to be asked in turn. */
  urls: readonly string[];
  /** For how long, in milliseconds. */
  lasts: number;
  /** How many at most; default as many as there is time for. */
  most?: number | undefined;
  /** How many at once, each as soon as the one before is answered; or how many begin in a second, whatever comes of them. */
  pace: { atOnce: number } | { perSecond: number };
}

/** What came of them. */
export interface Came {
  /** How many were answered with 200. */
  ok: number;
  /** How many were not. */
  failed: number;
  /** How long it took until the last answer, in milliseconds. */
  took: number;
  /** How long each took that was answered with 200, from the moment it was due, in milliseconds. */
  latencies: number[];
}

/** How many people come back. */
const PEOPLE = 500;
const CONNECTIONS = 64;

const run = randomUUID().slice(0, 8);
const pools = new Map<string, Pool>();
let sent = 0;

const questions: Record<Crowd, () => { path: string; body: string }> = {
  anonymous: () => ({ path: '/api/auth/denglu/sign-in/anonymous', body: '{}' }),
  nobody: () => ({ path: '/api/auth/denglu/anonymous-sign-in', body: '{}' }),
  new: () => signIn(`new-${run}-${sent}`),
  known: () => signIn(`known-${sent % PEOPLE}`),
};

const signIn = (openid: string) => ({
  path: '/api/auth/denglu/wechat/sign-in',
  body: JSON.stringify({ code: codeFor(openid) }),
});

async function isAnswered(crowd: Crowd, urls: readonly string[]): Promise<boolean> {
  sent += 1;
  const url = urls[sent % urls.length] ?? '';
  const pool = pools.get(url) ?? new Pool(url, { connections: CONNECTIONS });
  pools.set(url, pool);
  const headers = { 'content-type': 'application/json' };
  const { statusCode, body } = await pool.request({ method: 'POST', headers, ...questions[crowd]() });
  const answer = await body.json();
  return statusCode === 200 && typeof answer === 'object' && answer !== null && 'token' in answer;
}

async function send({ crowd, urls, lasts, most = Number.POSITIVE_INFINITY, pace }: Load): Promise<Came> {
  const latencies: number[] = [];
  let failed = 0;
  const begin = performance.now();
  const one = async (due: number) => {
    if (await isAnswered(crowd, urls)) latencies.push(performance.now() - due);
    else failed += 1;
  };

  if ('atOnce' in pace) {
    let begun = 0;
    const oneAfterAnother = async () => {
      while (begun < most && performance.now() - begin < lasts) {
        begun += 1;
        await one(performance.now());
      }
    };
    await Promise.all(Array.from({ length: pace.atOnce }, oneAfterAnother));
  } else {
    const between = 1000 / pace.perSecond;
    const all: Promise<void>[] = [];
    while (all.length * between < lasts) {
      const due = begin + all.length * between;
      const early = due - performance.now();
      // One that is late is sent at once, and its time counts from when it was due.
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      all.push(one(due));
    }
    await Promise.all(all);
  }
  return { ok: latencies.length, failed, took: performance.now() - begin, latencies };
}

beAsked({}, send);
