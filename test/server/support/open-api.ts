import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

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

export const APP_ID = 'wx0123456789abcdef';

/** What WeChat tells with each number and profile (S-05). */
export const watermarkNow = (appid = APP_ID, age = 0) => ({ appid, timestamp: Math.floor(Date.now() / 1000) - age });

/** A number as WeChat tells it: mainland China's without, others with their country. */
export function phoneInfo(phone: string, watermark: object = watermarkNow()) {
  const countryCode = phone.startsWith('+86') ? '86' : '1';
  const purePhoneNumber = phone.slice(1 + countryCode.length);
  return { phoneNumber: countryCode === '86' ? purePhoneNumber : phone, purePhoneNumber, countryCode, watermark };
}

/** What WeChat encrypts (S-04). */
export function seal(sessionKey: string, content: object) {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), iv);
  const encrypted = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final()]);
  return { encryptedData: encrypted.toString('base64'), iv: iv.toString('base64') };
}

/** What WeChat signs and encrypts (S-04). */
export function sealProfile(sessionKey: string, shown: object, more: object = { watermark: watermarkNow() }) {
  const rawData = JSON.stringify(shown);
  const signature = createHash('sha1')
    .update(rawData + sessionKey)
    .digest('hex');
  return { rawData, signature, ...seal(sessionKey, { ...shown, ...more }) };
}

/**
 * WeChat's code2Session and phone number by code, with codes made to order (S-01, S-03). Unlike the simulator's, it may
 * also misbehave.
 */
export function fakeOpenApi() {
  const codes = new Map<string, Treatment>();
  const phoneCodes = new Map<string, Treatment>();
  const used = new Set<string>();
  const sessionKeys: string[] = [];
  const accessTokens: string[] = [];
  const tokenBodies: unknown[] = [];
  const codesSeen: string[] = [];
  let tokenTreatment: Treatment | undefined;

  function codeTreated(treatment: Treatment): string {
    const code = `code-${randomUUID()}`;
    codes.set(code, treatment);
    return code;
  }

  /** A code whose exchange begins, and waits until it is told what to answer. */
  function codeHeld() {
    let begun = () => {};
    const asked = new Promise<void>((resolve) => {
      begun = resolve;
    });
    let answer = (_: Response) => {};
    const code = codeTreated(() => {
      begun();
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    return { code, asked, answer: (response: Response) => answer(response) };
  }

  function codeWithKey({ openid, unionid }: HostAccount): { code: string; sessionKey: string } {
    const sessionKey = randomBytes(16).toString('base64');
    sessionKeys.push(sessionKey);
    const code = codeTreated(() => Response.json({ openid, session_key: sessionKey, unionid }));
    return { code, sessionKey };
  }

  const giveToken = async (request: Request): Promise<Response> => {
    const body: unknown = await request.json();
    tokenBodies.push(body);
    if (tokenTreatment) return tokenTreatment(request.signal);
    const access_token = `access-${randomUUID()}`;
    accessTokens.push(access_token);
    return Response.json({ access_token, expires_in: 7200 });
  };

  const givePhone = async (request: Request): Promise<Response> => {
    const { code }: { code: string } = await request.json();
    const token = new URL(request.url).searchParams.get('access_token');
    codesSeen.push(code);
    if (token !== accessTokens.at(-1)) return Response.json({ errcode: 40001, errmsg: `rid: ${token}` });
    const treatment = phoneCodes.get(code);
    if (!treatment || used.has(code)) return Response.json({ errcode: 40029, errmsg: `rid: ${code}` });
    used.add(code);
    return treatment(request.signal);
  };

  const answer = (request: Request): Response | Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    if (request.method === 'POST' && pathname === '/cgi-bin/stable_token') return giveToken(request);
    if (request.method === 'POST' && pathname === '/wxa/business/getuserphonenumber') return givePhone(request);
    const code = searchParams.get('js_code') ?? '';
    const appId = searchParams.get('appid') ?? '';
    codesSeen.push(code);
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
    codeHeld,

    codeFor(account: HostAccount): string {
      return codeWithKey(account).code;
    },

    codeWithKey,

    phoneCodeTreated(treatment: Treatment): string {
      const code = `phone-code-${randomUUID()}`;
      phoneCodes.set(code, treatment);
      return code;
    },

    phoneCodeFor(phone: string, watermark?: object): string {
      return this.phoneCodeTreated(answers({ errcode: 0, errmsg: 'ok', phone_info: phoneInfo(phone, watermark) }));
    },

    /** Every access token that was ever given out; the last one counts. */
    accessTokens,
    /** Every code that was ever sent, as often as it was. */
    codesSeen,
    /** What was sent to be given an access token. */
    tokenBodies,

    /** How the next ones are asked for in vain; well again without an argument. */
    treatTokens(treatment?: Treatment) {
      tokenTreatment = treatment;
    },

    fetch: (async (input, init) => answer(new Request(input, init))) satisfies typeof fetch,

    /** The same over HTTP. Answers the address, and how to stop. */
    async listen() {
      const server = createServer(async (incoming, outgoing) => {
        const { url = '/', method = 'GET' } = incoming;
        const body = method === 'POST' ? await text(incoming) : null;
        const response = await answer(new Request(new URL(url, 'http://open-api.invalid'), { method, body }));
        outgoing.writeHead(response.status).end(await response.text());
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
    },
  };
}
