import { randomBytes } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { findInvalidTrustedProxies } from '@better-auth/core/utils/ip';
import { z } from 'zod';
import { DATABASE_ADDRESS, databasePath } from './database/address.js';
import { WECHAT_API_URL, type WechatOptions } from './hosts/wechat-api.js';
import type { RateLimits } from './plugin/rate-limit.js';
import { StartError } from './start-error.js';

/** What a server is started with. */
export interface ServerConfig {
  /** Signs tokens and encrypts session keys; at least 32 characters. */
  secret: string;
  wechat: Omit<WechatOptions, 'fetch'>;
  /** The address to listen on. */
  host: string;
  /** The port to listen on; 0 for any that is free. */
  port: number;
  /** A libsql file, as an absolute `file:` address. */
  databaseUrl: string;
  /** Which pages of browsers may read the answers, as `scheme://host:port`. */
  allowedOrigins: readonly string[];
  /** The addresses, or ranges of them, whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly string[];
  /** Requests in a minute. */
  limits: RateLimits;
  /** Whether clients may write the profile of their user; the server itself always may. */
  profileUpdates: boolean;
  /** Where clients reach this server, as `https://host`. Default where it listens. */
  publicUrl?: string | undefined;
}

/** A simulated open API, and the app it knows. */
export type OpenApi = Required<Pick<WechatOptions, 'appId' | 'appSecret' | 'apiUrl'>>;

/** Variables by name, as in `process.env`. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings of a server that real users sign in to.
 *
 * @throws StartError that names each variable which is missing or wrong
 */
export function readConfig(variables: Variables): ServerConfig {
  return toConfig(read(Production, variables));
}

/**
 * Settings for trying things out on one machine: nothing needs to be set, and a secret is made for each run.
 *
 * @param variables may set what {@link readConfig} reads, and `PORT_STORYBOOK`, whose pages may read the answers
 * @throws StartError where `HOST` could be reached from another machine
 */
export function playgroundConfig(openApi: OpenApi, variables: Variables): ServerConfig {
  const { PORT_STORYBOOK, ...settings } = read(Playground, variables);
  const pages = ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${PORT_STORYBOOK}`);
  return toConfig({
    ...settings,
    ALLOWED_ORIGINS: [...pages, ...settings.ALLOWED_ORIGINS],
    DENGLU_SECRET: randomBytes(32).toString('base64'),
    WECHAT_APP_ID: openApi.appId,
    WECHAT_APP_SECRET: openApi.appSecret,
    WECHAT_API_URL: openApi.apiUrl,
  });
}

const whole = (min: number, max: number, range: string) => {
  const error = `must be a whole number ${range}`;
  return z.coerce.number<string>(error).refine((n) => Number.isInteger(n) && n >= min && n <= max, error);
};
const port = whole(0, 65_535, 'from 0 to 65535');
const perMinute = whole(1, Number.MAX_SAFE_INTEGER, 'from 1 up');
const list = z.string().transform((text) => text.split(',').map((item) => item.trim()));
const libsqlFile = z.string().refine((url) => databasePath(url) !== undefined, DATABASE_ADDRESS);
const dataFile = (name: string) => new URL(`./.data/${name}`, import.meta.url).href;

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text;
const isHost = (text: string) =>
  /^[\w.:-]+$/.test(text) && URL.canParse(`http://${text.includes(':') ? `[${text}]` : text}`);
const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

const Common = z.object({
  HOST: z.string().refine(isHost, 'must be an address or a name like 127.0.0.1').default('127.0.0.1'),
  PORT_SERVER: port.default(8787),
  DATABASE_URL: libsqlFile.default(dataFile('denglu.db')),
  ALLOWED_ORIGINS: list
    .refine((items) => items.every(isOrigin), 'must list origins like https://example.com')
    .default([]),
  TRUSTED_PROXIES: list
    .refine((items) => findInvalidTrustedProxies(items).length === 0, 'must list addresses or ranges like 10.0.0.0/8')
    .default([]),
  LIMIT_PER_ADDRESS: perMinute.default(120),
  LIMIT_PER_ACCOUNT: perMinute.default(60),
  PROFILE_UPDATES: z
    .enum(['on', 'off'], 'must be on or off')
    .default('off')
    .transform((text) => text === 'on'),
  PUBLIC_URL: z.string().refine(isOrigin, 'must be an origin like https://example.com').optional(),
});

const Production = Common.extend({
  DENGLU_SECRET: z
    .string('is missing: a random text of at least 32 characters that signs tokens')
    .min(32, 'is too short: it takes at least 32 characters'),
  WECHAT_APP_ID: z.string('is missing: the id of the mini-program'),
  WECHAT_APP_SECRET: z.string('is missing: the secret of the mini-program'),
  WECHAT_API_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).default(WECHAT_API_URL),
});

const Playground = Common.extend({
  HOST: Common.shape.HOST.refine(isLoopback, 'must be a loopback address: the playground is for this machine only'),
  DATABASE_URL: libsqlFile.default(dataFile('playground.db')),
  LIMIT_PER_ADDRESS: perMinute.default(6000),
  PROFILE_UPDATES: Common.shape.PROFILE_UPDATES.prefault('on'),
  PORT_STORYBOOK: port.default(6006),
});

function read<T>(schema: z.ZodType<T>, variables: Variables): T {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const result = schema.safeParse(set);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `- ${path.join('.')} ${message}`);
  throw new StartError(['The server cannot start:', ...problems].join('\n'));
}

function toConfig(settings: z.infer<typeof Production>): ServerConfig {
  return {
    secret: settings.DENGLU_SECRET,
    wechat: {
      appId: settings.WECHAT_APP_ID,
      appSecret: settings.WECHAT_APP_SECRET,
      apiUrl: settings.WECHAT_API_URL,
    },
    host: settings.HOST,
    port: settings.PORT_SERVER,
    databaseUrl: settings.DATABASE_URL,
    allowedOrigins: settings.ALLOWED_ORIGINS,
    trustedProxies: settings.TRUSTED_PROXIES,
    limits: { perAddress: settings.LIMIT_PER_ADDRESS, perAccount: settings.LIMIT_PER_ACCOUNT },
    profileUpdates: settings.PROFILE_UPDATES,
    publicUrl: settings.PUBLIC_URL,
  };
}
