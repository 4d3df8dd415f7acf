/// <reference types="miniprogram-api-typings" preserve="true" />
import { Failure } from '../ports/failure.js';
import type { HttpRequest, HttpResponse, Platform } from '../ports/platform.js';
import { type Secret, secret } from '../ports/secret.js';
import { type FailureRules, readHostFailure } from './host-failure.js';

/** What of `wx` is used. Older base libraries lack the optional ones. */
export type WechatHost = Pick<
  WechatMiniprogram.Wx,
  'login' | 'checkSession' | 'request' | 'getStorageSync' | 'setStorageSync' | 'removeStorageSync'
> &
  Partial<Pick<WechatMiniprogram.Wx, 'onAppShow' | 'offAppShow' | 'onNetworkStatusChange' | 'offNetworkStatusChange'>>;

export interface WechatOptions {
  /** The host object. Default: the global `wx`. */
  wx?: WechatHost;
}

const minute = 60_000;

/**
 * The WeChat host.
 *
 * @throws Failure `unsupported` where there is no `wx`
 */
export function wechat(options: WechatOptions = {}): Platform {
  const host = options.wx ?? globalHost();
  return {
    name: 'wechat',
    codeLifetime: 5 * minute,
    host,

    login: () =>
      ask<Secret>((answer, fail) =>
        host.login({
          success: ({ code }) => (code ? answer(secret(code)) : fail({ errMsg: 'login:ok without a code' })),
          fail,
        }),
      ),

    checkSession: () =>
      ask<boolean>((answer) => host.checkSession({ success: () => answer(true), fail: () => answer(false) })),

    request: ({ url, method = 'GET', headers, data }: HttpRequest) =>
      ask<HttpResponse>((answer, fail) =>
        host.request({
          url,
          method,
          ...(headers && { header: { ...headers } }),
          ...(data !== undefined && { data }),
          success: ({ statusCode, header, data }) => answer({ status: statusCode, headers: lowerCased(header), data }),
          fail,
        }),
      ),

    storage: {
      get(key) {
        const value: unknown = attempt(() => host.getStorageSync(key));
        return typeof value === 'string' && value !== '' ? value : undefined;
      },
      set: (key, value) => attempt(() => host.setStorageSync(key, value)),
      remove: (key) => attempt(() => host.removeStorageSync(key)),
    },

    onShow: (listener) =>
      listen(
        listener,
        (hear) => host.onAppShow?.(hear),
        (hear) => host.offAppShow?.(hear),
      ),

    onOnline: (listener) =>
      listen(
        (event: object) => {
          if ('isConnected' in event && event.isConnected) listener();
        },
        (hear) => host.onNetworkStatusChange?.(hear),
        (hear) => host.offNetworkStatusChange?.(hear),
      ),
  };
}

/** W-03, W-09, W-14; the numbers of requests are those of the host's page on errno. */
const rules: FailureRules = {
  errno: {
    5: 'timeout',
    600000: 'offline',
    600001: 'offline',
    600002: 'misconfigured',
    600003: 'offline',
    600004: 'offline',
    600005: 'misconfigured',
    600006: 'offline',
    600007: 'rate-limited',
    600008: 'offline',
    600009: 'misconfigured',
    600010: 'misconfigured',
    600011: 'offline',
  },
  errCode: { [-1]: 'busy', 45009: 'rate-limited', 45011: 'rate-limited' },
  errMsg: [
    [/can only be invoked by user TAP gesture/i, 'misconfigured'],
    [/not in domain list|invalid url|invalid request data|parameter error/i, 'misconfigured'],
    [/exceed max task count|frequency limit/i, 'rate-limited'],
    [/timed?[ _-]?out|超时/i, 'timeout'],
    [/auth deny|user deny/i, 'denied'],
    [/cancel|abort/i, 'cancelled'],
    [/not a function|not support/i, 'unsupported'],
    [/^request:fail|network|internet|net::ERR_|网络|互联网|未能连接/i, 'offline'],
  ],
};

/** Calls the host in this very stack (G-10); whatever it throws becomes a rejection. */
function ask<T>(call: (answer: (value: T) => void, fail: (payload: unknown) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (payload: unknown) => reject(readHostFailure(payload, rules));
    try {
      call(resolve, fail);
    } catch (error) {
      fail(error);
    }
  });
}

function attempt<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw readHostFailure(error, rules);
  }
}

/**
 * A host that will not tell is like one that cannot: nothing is heard, and no flow ends of it. Old base libraries can
 * register a listener but not remove it, so it is also silenced.
 */
function listen<T>(
  listener: (event: T) => void,
  on: (hear: (event: T) => void) => void,
  off: (hear: (event: T) => void) => void,
): () => void {
  let isListening = true;
  const hear = (event: T) => {
    if (isListening) listener(event);
  };
  quietly(() => on(hear));
  return () => {
    isListening = false;
    quietly(() => off(hear));
  };
}

function quietly(call: () => void): void {
  try {
    call();
  } catch {
    // Nobody waits for an answer.
  }
}

function lowerCased(header: object): Record<string, string> {
  const lowered: Record<string, string> = {};
  for (const [name, value] of Object.entries(header)) lowered[name.toLowerCase()] = String(value);
  return lowered;
}

function globalHost(): WechatHost {
  if (typeof wx === 'undefined') {
    throw new Failure('unsupported', { message: 'There is no wx here: wechat() runs in a WeChat mini-program.' });
  }
  return wx;
}
