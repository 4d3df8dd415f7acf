import { z } from 'zod';
import { type ErrorCode, Refusal, type RefusalDetails } from '../errors.js';
import { askHost } from './ask.js';
import { type HostFetch, hostFetch } from './fetch.js';

export interface WechatOptions {
  appId: string;
  appSecret: string;
  /** Where the open API is. Default `https://api.weixin.qq.com`. */
  apiUrl?: string;
  /** How long one call may take, in milliseconds. Default 5000. */
  timeout?: number;
  /** What sends the calls. Default what Node's own `fetch` sends with. */
  fetch?: HostFetch;
}

export const WECHAT_API_URL = 'https://api.weixin.qq.com';

/** What an `errcode` of one call means. */
export type Refusals = Readonly<Record<number, [ErrorCode, RefusalDetails?]>>;

/** One call of the open API: a `GET` with a query, or a `POST` where there is a body. */
export interface WechatCall<T> {
  path: string;
  query: Record<string, string>;
  body?: object;
  /** What success looks like. */
  answer: z.ZodType<T>;
  /** Beside those that every call shares. */
  refusals?: Refusals;
}

/** Sends calls to WeChat's open API. */
export type CallWechat = <T>(call: WechatCall<T>) => Promise<T>;

/** The errcodes of S-01 and S-03 that mean one thing everywhere. */
const SHARED: Refusals = {
  [-1]: ['HOST_BUSY', { retryAfter: 1 }],
  40013: ['HOST_MISCONFIGURED'],
  40125: ['HOST_MISCONFIGURED'],
  // The minute is the window of the host's own limit.
  45011: ['RATE_LIMITED', { message: 'The host limits this user.', retryAfter: 60 }],
};

const Failed = z.object({ errcode: z.int().refine((errcode) => errcode !== 0) });

/** The host refused a call for a reason that is no refusal of ours yet. */
export class UnknownErrcode extends Refusal {
  readonly errcode: number;

  constructor(errcode: number) {
    super('HOST_UNAVAILABLE', { message: `The host answered errcode ${errcode}.` });
    this.errcode = errcode;
  }
}

/** WeChat's open API. */
export function wechatApi(options: WechatOptions): CallWechat {
  const { apiUrl = WECHAT_API_URL, timeout = 5000, fetch: send = hostFetch } = options;

  async function ask(path: string, query: Record<string, string>, body: object | undefined): Promise<unknown> {
    const search = new URLSearchParams(query).toString();
    const url = `${apiUrl.replace(/\/$/, '')}${path}${search && `?${search}`}`;
    const headers = { 'content-type': 'application/json' };
    const call = body ? { method: 'POST' as const, headers, body: JSON.stringify(body) } : {};
    const { status, told } = await askHost({ url, call, timeout, send });
    return status === 200 ? told : { httpStatus: status };
  }

  return async ({ path, query, body, answer, refusals }) => {
    const told = await ask(path, query, body);
    const failed = Failed.safeParse(told);
    if (failed.success) {
      const { errcode } = failed.data;
      const known = refusals?.[errcode] ?? SHARED[errcode];
      throw known ? new Refusal(...known) : new UnknownErrcode(errcode);
    }
    const succeeded = answer.safeParse(told);
    if (!succeeded.success) throw new Refusal('HOST_UNAVAILABLE', { message: 'The host answered nonsense.' });
    return succeeded.data;
  };
}
