import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeOpenApi } from './support/open-api.js';
import { settings, startProcess } from './support/process.js';
import { type Body, newDatabase, type Question, SIGN_IN, SIGN_OUT, toRequest, USER } from './support/server.js';

const PHONE_SIGN_IN = '/api/auth/denglu/wechat/phone-sign-in';
const EVERYWHERE = '/api/auth/denglu/sign-out-everywhere';

/** Where they keep what they share: in Redis as well, where this run has one. */
const { TEST_REDIS_URL } = process.env;
const places: [string, string | undefined][] = [['the database', undefined]];
if (TEST_REDIS_URL !== undefined) places.push(['Redis', TEST_REDIS_URL]);

async function ask(url: string | undefined, path: string, question: Question) {
  const response = await fetch(toRequest(`${url}${path}`, question));
  const json: Body = await response.json();
  return { status: response.status, json };
}

const tallyOf = (values: readonly unknown[]) => {
  const tally: Record<string, number> = {};
  for (const value of values) tally[String(value)] = (tally[String(value)] ?? 0) + 1;
  return tally;
};

describe.each(places)(
  'three processes on one database, what they share in %s, behave as one',
  { timeout: 60_000 },
  (_, redisUrl) => {
    const openApi = fakeOpenApi();
    const running: ReturnType<typeof startProcess>[] = [];
    let file: Awaited<ReturnType<typeof newDatabase>>;
    let api: Awaited<ReturnType<typeof openApi.listen>>;
    let urls: string[] = [];

    async function start(more: Record<string, string> = {}): Promise<string> {
      const server = startProcess({
        ...settings(file.url, api.url),
        DATA_FOLDER: file.folder,
        LIMIT_PER_ADDRESS: '100000',
        LIMIT_PER_ACCOUNT: '100000',
        ...(redisUrl !== undefined && { REDIS_URL: `${redisUrl}/0?keyPrefix=${file.folder}:` }),
        ...more,
      });
      running.push(server);
      return server.listening();
    }

    beforeAll(async () => {
      file = await newDatabase();
      api = await openApi.listen();
      urls = await Promise.all([start(), start(), start()]);
    }, 60_000);
    afterAll(async () => {
      for (const server of running) {
        server.kill('SIGKILL');
        await server.ended();
      }
      api.close();
      await file.remove();
    });

    /** Asks so often, by turns of one process after the other, all at once. */
    const askAll = (count: number, path: string, question: (index: number) => Question) =>
      Promise.all(Array.from({ length: count }, (_, index) => ask(urls[index % urls.length], path, question(index))));

    const signIn = async (url: string | undefined, openid: string) =>
      (await ask(url, SIGN_IN, { body: { code: openApi.codeFor({ openid }) } })).json;

    it('a code is taken once, whoever is asked (G-01)', async () => {
      const code = openApi.codeFor({ openid: 'o-code' });
      const answers = await askAll(12, SIGN_IN, () => ({ body: { code } }));
      expect(tallyOf(answers.map(({ json }) => json.code ?? 'signed in'))).toEqual({ 'signed in': 1, CODE_USED: 11 });
      expect(openApi.codesSeen.filter((seen) => seen === code)).toHaveLength(1);
    });

    it('first sign-ins of one person at once make one user', async () => {
      const answers = await askAll(60, SIGN_IN, (index) => ({
        body: { code: openApi.codeFor({ openid: 'o-first', unionid: 'u-first' }), withUnionId: index % 2 === 0 },
      }));
      expect(tallyOf(answers.map(({ status }) => status))).toEqual({ 200: 60 });
      expect(new Set(answers.map(({ json }) => json.user.id)).size).toBe(1);
      expect(new Set(answers.map(({ json }) => json.token)).size).toBe(60);
    });

    it('a code that was texted is taken once, whichever sent it and whichever are asked', async () => {
      const phone = '+8613800000099';
      expect((await ask(urls[0], '/api/auth/denglu/sms-code', { body: { phone } })).status).toBe(200);
      const [, smsCode] = /"smsCode":"(\d+)"/.exec(await readFile(join(file.folder, 'outbox.jsonl'), 'utf8')) ?? [];
      const answers = await askAll(9, '/api/auth/denglu/sms-sign-in', () => ({ body: { phone, smsCode } }));
      expect(tallyOf(answers.map(({ status }) => status))).toEqual({ 200: 1, 400: 8 });
    });

    it('the host is asked for one access token, and for one more where it takes that back (S-03)', async () => {
      const phoneSignIns = () =>
        askAll(12, PHONE_SIGN_IN, (index) => ({
          body: {
            code: openApi.codeFor({ openid: `o-phone-${index}` }),
            phoneCode: openApi.phoneCodeFor(`+8613800000${100 + index}`),
          },
        }));
      const before = openApi.tokenBodies.length;
      expect(tallyOf((await phoneSignIns()).map(({ status }) => status))).toEqual({ 200: 12 });
      expect(openApi.tokenBodies.length - before).toBe(1);
      openApi.accessTokens.push('one that somebody else was given since');
      expect(tallyOf((await phoneSignIns()).map(({ status }) => status))).toEqual({ 200: 12 });
      expect(openApi.tokenBodies.length - before).toBe(2);
    });

    it('a sign-out at one is a sign-out at all', async () => {
      const { token } = await signIn(urls[0], 'o-out');
      expect((await ask(urls[1], SIGN_OUT, { method: 'POST', token })).status).toBe(200);
      const answers = await askAll(3, USER, () => ({ token }));
      expect(answers.map(({ json }) => json.code)).toEqual(Array(3).fill('TOKEN_REJECTED'));
    });

    it('a sign-out everywhere ends every session of the user, and nobody else’s', async () => {
      const mine = await Promise.all(urls.map((url) => signIn(url, 'o-everywhere')));
      const other = await signIn(urls[0], 'o-elsewhere');
      const token = mine[0]?.token ?? '';
      expect((await ask(urls[2], EVERYWHERE, { method: 'POST', token })).status).toBe(200);
      const answers = await askAll(9, USER, (index) => ({ token: mine[index % 3]?.token ?? '' }));
      expect(tallyOf(answers.map(({ json }) => json.code))).toEqual({ TOKEN_REJECTED: 9 });
      expect((await ask(urls[1], USER, { token: other.token })).status).toBe(200);
      expect((await ask(urls[1], EVERYWHERE, { method: 'POST' })).json.code).toBe('NOT_SIGNED_IN');
    });

    it('a limit is one limit', async () => {
      const limited = await Promise.all([start({ LIMIT_PER_ACCOUNT: '20' }), start({ LIMIT_PER_ACCOUNT: '20' })]);
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          ask(limited[index % 2], SIGN_IN, { body: { code: openApi.codeFor({ openid: 'o-limit' }) } }),
        ),
      );
      expect(tallyOf(answers.map(({ status }) => status))).toEqual({ 200: 20, 429: 20 });
    });

    it('one that is killed leaves the others what it had acknowledged', async () => {
      const [first, second] = urls;
      const { token, user } = await signIn(first, 'o-killed');
      running[0]?.kill('SIGKILL');
      expect((await ask(second, USER, { token })).json).toEqual({ user });
    });
  },
);
