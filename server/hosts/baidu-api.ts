import { z } from 'zod';
import { type ErrorCode, Refusal, type RefusalDetails } from '../errors.js';
import { askHost } from './ask.js';
import { type HostFetch, hostFetch } from './fetch.js';

export interface BaiduOptions {
  /** The App Key, which is the `client_id` of B-08. It is not the App ID. */
  appKey: string;
  appSecret: string;
  /** Where the session exchange is. Default `https://spapi.baidu.com`. */
  apiUrl?: string;
  /** How long one call may take, in milliseconds. Default 5000. */
  timeout?: number;
  /** What sends the calls. Default what Node's own `fetch` sends with. */
  fetch?: HostFetch;
}

export const BAIDU_API_URL = 'https://spapi.baidu.com';

const Session = z.object({ openid: z.string().min(1).max(128), session_key: z.string().min(1).max(128) });

/** The shape of an error (B-08). */
const Failed = z
  .object({
    errno: z.coerce.number().default(0),
    error: z.string().default(''),
    error_description: z.string().default(''),
  })
  .refine(({ errno, error }) => errno !== 0 || error !== '');

/** No list of its numbers is published (B-08), so the words decide: those of Baidu's OAuth, and what is like them. */
const WORDS: readonly (readonly [RegExp, ErrorCode, RefusalDetails?])[] = [
  [/invalid_client|unknown client|client authentication|client_id|\bsk\b/i, 'HOST_MISCONFIGURED'],
  [/code.*\bused\b/i, 'CODE_USED'],
  [/invalid_grant|invalid.*code|code.*(invalid|not exist)|expired/i, 'CODE_INVALID'],
  [/\blimit|too (many|frequent)/i, 'RATE_LIMITED', { message: 'The host limits this app.', retryAfter: 60 }],
  [/\bbusy\b|temporarily/i, 'HOST_BUSY', { retryAfter: 1 }],
];

/**
 * Baidu's session exchange (B-08): `POST` of a form. What it answers is read whatever its HTTP status is.
 *
 * @returns what exchanges a login code
 */
export function baiduApi(options: BaiduOptions) {
  const { appKey, appSecret, apiUrl = BAIDU_API_URL, timeout = 5000, fetch: send = hostFetch } = options;
  const url = `${apiUrl.replace(/\/$/, '')}/oauth/jscode2sessionkey`;

  /** @throws Refusal as `Host.exchangeCode` */
  return async (code: string): Promise<{ openid: string; sessionKey: string }> => {
    const body = new URLSearchParams({ code, client_id: appKey, sk: appSecret }).toString();
    const call = { method: 'POST' as const, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body };
    const { status, told } = await askHost({ url, call, timeout, send });
    const failed = Failed.safeParse(told);
    if (failed.success) throw refusalFor(failed.data);
    const succeeded = Session.safeParse(told);
    if (status !== 200 || !succeeded.success) {
      throw new Refusal('HOST_UNAVAILABLE', { message: 'The host answered nonsense.' });
    }
    const { openid, session_key: sessionKey } = succeeded.data;
    return { openid, sessionKey };
  };
}

/** The description may repeat the code, so of it nothing is told. */
function refusalFor({ errno, error, error_description }: z.infer<typeof Failed>): Refusal {
  const words = `${error} ${error_description}`;
  const [, code, details] = WORDS.find(([pattern]) => pattern.test(words)) ?? [];
  if (code) return new Refusal(code, details);
  return new Refusal('HOST_UNAVAILABLE', { message: `The host answered errno ${errno}.` });
}
