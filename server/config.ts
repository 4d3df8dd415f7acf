import { randomBytes } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findInvalidTrustedProxies } from '@better-auth/core/utils/ip';
import { z } from 'zod';
import { DATABASE_ADDRESS, databaseAddress, databasePath } from './database/address.js';
import { BAIDU_API_URL, type BaiduOptions } from './hosts/baidu-api.js';
import { WECHAT_API_URL, type WechatOptions } from './hosts/wechat-api.js';
import type { RateLimits } from './plugin/rate-limit.js';
import { isRedisAddress, REDIS_ADDRESS } from './redis/address.js';
import { both, cannotStart, type WrongSetting } from './start-error.js';

/** What a server is started with. */
export interface ServerConfig {
  /** Signs tokens and encrypts session keys; at least 32 characters. */
  secret: string;
  /**
   * All secrets that count, `secret` first: what others signed or encrypted is taken, too. A version names the same secret
   * for ever. Default `secret` alone, as version 1.
   */
  secrets?: readonly SecretVersion[] | undefined;
  /** The app's mini-program on WeChat. There has to be one host at least. */
  wechat?: Omit<WechatOptions, 'fetch'> | undefined;
  /** The app's mini-program on Baidu. */
  baidu?: Omit<BaiduOptions, 'fetch'> | undefined;
  /** The address to listen on. */
  host: string;
  /** The port to listen on; 0 for any that is free. */
  port: number;
  /**
   * A libsql file, as an absolute `file:` address, or a database on the network: `postgres:`, `mysql:`, `mariadb:`, or
   * libsql by `libsql:` or `https:`.
   */
  databaseUrl: string;
  /** Redis, for what processes share and forget again: `redis:` or `rediss:`. Default the database. */
  redisUrl?: string | undefined;
  /** The folder of uploaded pictures and unsent messages. Default the folder of the database, if that is a file. */
  dataFolder?: string | undefined;
  /**
   * Where SMS codes and mails go that no sender is there for: to a file of the data folder, in clear, or nowhere, so that
   * what needs them answers `NOT_FOUND`. A server with neither this nor a sender does not start.
   */
  messages?: 'file' | 'off' | undefined;
  /** Which pages of browsers may read the answers, as `scheme://host:port`. */
  allowedOrigins: readonly string[];
  /** The addresses, or ranges of them, whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly string[];
  /** Requests in a minute. */
  limits: RateLimits;
  /** Whether clients may write the profile of their user; the server itself always may. */
  profileUpdates: boolean;
  /** The least number of letters of a new password, from 1 to 128. Default 8; those that there are stay good. */
  minPasswordLength?: number | undefined;
  /** Whether Prometheus finds its numbers at `/metrics`, as may everybody who reaches that port. Default not. */
  metrics?: boolean | undefined;
  /** The port of `/metrics`, 0 for any that is free, on the same address. Default that of the server. */
  metricsPort?: number | undefined;
  /** What apps on the BaaS SDK are initialised with. Without one, the addresses of that SDK are not there. */
  baasClientId?: string | undefined;
  /** Where clients reach this server, as `https://host`. Default where it listens. */
  publicUrl?: string | undefined;
  /**
   * How long requests are still taken once it was told to close, while `/readyz` says that they should go elsewhere, in
   * milliseconds. Default 0.
   */
  drain?: number | undefined;
}

/** One of the secrets that a server had, has or will have. */
export interface SecretVersion {
  version: number;
  value: string;
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
  const { MESSAGES, ...settings } = read(Production, withSecret(variables), (set) => [
    ...lostSecret(variables),
    ...missingHosts(set),
  ]);
  // What signs people in stands there in clear: in production, somebody has to want that.
  const byDefault = variables.NODE_ENV === 'production' ? undefined : 'file';
  return toConfig({ ...settings, MESSAGES: MESSAGES ?? byDefault });
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
    BAIDU_API_URL,
  });
}

const whole = (min: number, max: number, range: string, chinese: string) => {
  const error = both(`must be a whole number ${range}`, `必须是${chinese}的整数`);
  return z.coerce.number<string>(error).refine((n) => Number.isInteger(n) && n >= min && n <= max, error);
};
const port = whole(0, 65_535, 'from 0 to 65535', ' 0 到 65535 ');
const perMinute = whole(1, Number.MAX_SAFE_INTEGER, 'from 1 up', '不小于 1 ');
const list = z.string().transform((text) => text.split(',').map((item) => item.trim()));
const database = z.string().refine((url) => databaseAddress(url) !== undefined, DATABASE_ADDRESS);
const DATA = resolve('.data');
const dataFile = (name: string) => pathToFileURL(join(DATA, name)).href;

const apiUrl = z.url({ protocol: /^https?$/, error: both('must be an http(s) address', '必须是 http(s) 地址') });
const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text;
const isHost = (text: string) =>
  /^[\w.:-]+$/.test(text) && URL.canParse(`http://${text.includes(':') ? `[${text}]` : text}`);
const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

const onOff = z.enum(['on', 'off'], both('must be on or off', '必须是 on 或 off'));
const isOn = (text: 'on' | 'off') => text === 'on';
const fileOrOff = z.enum(['file', 'off'], both('must be file or off', '必须是 file 或 off'));

const Common = z.object({
  HOST: z
    .string()
    .refine(isHost, both('must be an address or a name like 127.0.0.1', '必须是形如 127.0.0.1 的地址或主机名'))
    .default('127.0.0.1'),
  PORT_SERVER: port.default(8787),
  DATABASE_URL: database.default(dataFile('denglu.db')),
  REDIS_URL: z.string().refine(isRedisAddress, REDIS_ADDRESS).optional(),
  DATA_FOLDER: z
    .string()
    .refine(isAbsolute, both('must be the absolute path of a folder', '必须是文件夹的绝对路径'))
    .optional(),
  MESSAGES: fileOrOff.optional(),
  ALLOWED_ORIGINS: list
    .refine(
      (items) => items.every(isOrigin),
      both('must list origins like https://example.com', '必须列出形如 https://example.com 的来源'),
    )
    .default([]),
  TRUSTED_PROXIES: list
    .refine(
      (items) => findInvalidTrustedProxies(items).length === 0,
      both('must list addresses or ranges like 10.0.0.0/8', '必须列出形如 10.0.0.0/8 的地址或地址段'),
    )
    .default([]),
  LIMIT_PER_ADDRESS: perMinute.default(120),
  LIMIT_PER_ACCOUNT: perMinute.default(60),
  MIN_PASSWORD_LENGTH: whole(1, 128, 'from 1 to 128', ' 1 到 128 ').default(8),
  PROFILE_UPDATES: onOff.default('off').transform(isOn),
  METRICS: onOff.transform(isOn).optional(),
  METRICS_PORT: port.optional(),
  BAAS_CLIENT_ID: z
    .string()
    .regex(/^[\w-]{1,128}$/, both('must be letters, digits, - and _', '只能由字母、数字、- 和 _ 组成'))
    .optional(),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, both('must be an origin like https://example.com', '必须是形如 https://example.com 的来源'))
    .optional(),
  DRAIN_SECONDS: whole(0, 300, 'from 0 to 300', ' 0 到 300 ').default(0),
});

const SECRETS = both(
  'must list secrets of at least 32 characters by version, the one in use first, like 2:abc…,1:xyz…',
  '必须按版本列出各密钥,每个至少 32 个字符,正在使用的排在最前,如 2:abc…,1:xyz…',
);

const Secrets = z.string().transform((text, { issues }): SecretVersion[] => {
  const secrets = text.split(',').map((entry) => {
    const [, version, value = ''] = /^(\d{1,9}):\s*(\S.{31,})$/.exec(entry.trim()) ?? [];
    return { version: Number(version), value };
  });
  const versions = new Set(secrets.map(({ version }) => version));
  if (versions.size === secrets.length && !versions.has(Number.NaN)) return secrets;
  issues.push({ code: 'custom', message: SECRETS, input: undefined });
  return z.NEVER;
});

const secretsOf = ({ DENGLU_SECRETS }: Variables) => Secrets.safeParse(DENGLU_SECRETS?.trim() || undefined).data;

/** Where there are several secrets, the first is the one in use. */
function withSecret(variables: Variables): Variables {
  const data = secretsOf(variables);
  return data?.[0] ? { ...variables, DENGLU_SECRET: data[0].value } : variables;
}

/** Who sets both, and leaves the one out of the others, does not know that it counts no more. */
function lostSecret(variables: Variables): WrongSetting[] {
  const { DENGLU_SECRET: secret } = variables;
  const secrets = secretsOf(variables);
  if (!secrets || !secret?.trim() || secrets.some(({ value }) => value === secret)) return [];
  const wrong = both(
    'is none of DENGLU_SECRETS: add it there, or what it has signed counts no more; or do not set it',
    '不在 DENGLU_SECRETS 之中:请加进去,否则它签过的都不再有效;或者不要设置它',
  );
  return [['DENGLU_SECRET', wrong]];
}

/** What is said where one is missing. */
const HOST_VARIABLES = {
  WECHAT_APP_ID: both('is missing: the id of the mini-program', '未设置:小程序的 AppID'),
  WECHAT_APP_SECRET: both('is missing: the secret of the mini-program', '未设置:小程序的 AppSecret'),
  BAIDU_APP_KEY: both(
    'is missing: the App Key of the mini-program on Baidu, which is not its App ID',
    '未设置:百度小程序的 App Key,而不是 App ID',
  ),
  BAIDU_APP_SECRET: both('is missing: the App Secret of the mini-program on Baidu', '未设置:百度小程序的 App Secret'),
};
type HostVariable = keyof typeof HOST_VARIABLES;

const HOSTS = [
  ['WECHAT_APP_ID', 'WECHAT_APP_SECRET'],
  ['BAIDU_APP_KEY', 'BAIDU_APP_SECRET'],
] as const satisfies readonly (readonly HostVariable[])[];

const Production = Common.extend({
  DENGLU_SECRET: z
    .string(
      both(
        'is missing: a random text of at least 32 characters that signs tokens',
        '未设置:用来签发令牌的随机文本,至少 32 个字符',
      ),
    )
    .min(32, both('is too short: it takes at least 32 characters', '太短:至少需要 32 个字符')),
  DENGLU_SECRETS: Secrets.optional(),
  WECHAT_APP_ID: z.string().optional(),
  WECHAT_APP_SECRET: z.string().optional(),
  WECHAT_API_URL: apiUrl.default(WECHAT_API_URL),
  BAIDU_APP_KEY: z.string().optional(),
  BAIDU_APP_SECRET: z.string().optional(),
  BAIDU_API_URL: apiUrl.default(BAIDU_API_URL),
});

const Playground = Common.extend({
  HOST: Common.shape.HOST.refine(
    isLoopback,
    both('must be a loopback address: the playground is for this machine only', '必须是回环地址:演示页面只供本机使用'),
  ),
  DATABASE_URL: database.default(dataFile('playground.db')),
  MESSAGES: fileOrOff.default('file'),
  LIMIT_PER_ADDRESS: perMinute.default(6000),
  PROFILE_UPDATES: Common.shape.PROFILE_UPDATES.prefault('on'),
  PORT_STORYBOOK: port.default(6006),
});

/** The variables that {@link readConfig} reads. */
export const variableNames: readonly string[] = Object.keys(Production.shape);

/** Where pictures and unsent messages are kept: beside the database, or in `.data` where that is elsewhere. */
export function dataFolderOf({ dataFolder, databaseUrl }: Pick<ServerConfig, 'dataFolder' | 'databaseUrl'>): string {
  const path = databasePath(databaseUrl);
  return dataFolder ?? (path === undefined ? DATA : dirname(path));
}

function read<T>(
  schema: z.ZodType<T>,
  variables: Variables,
  others: (variables: Variables) => readonly WrongSetting[] = () => [],
): T {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const result = schema.safeParse(set);
  const wrong = (result.error?.issues ?? []).map(({ path, message }): WrongSetting => [path.join('.'), message]);
  const all = [...wrong, ...others(set)];
  if (result.success && all.length === 0) return result.data;
  throw cannotStart(all);
}

/** A host is set whole or not at all; where none is, WeChat is asked for. */
function missingHosts(variables: Variables): WrongSetting[] {
  const isSet = (names: readonly HostVariable[]) => names.some((name) => variables[name] !== undefined);
  const wanted = HOSTS.some(isSet) ? HOSTS.filter(isSet).flat() : HOSTS[0];
  return wanted.filter((name) => variables[name] === undefined).map((name) => [name, HOST_VARIABLES[name]]);
}

function toConfig(settings: z.infer<typeof Production>): ServerConfig {
  const { WECHAT_APP_ID: appId, WECHAT_APP_SECRET: wechatSecret, WECHAT_API_URL } = settings;
  const { BAIDU_APP_KEY: appKey, BAIDU_APP_SECRET: baiduSecret, BAIDU_API_URL } = settings;
  return {
    secret: settings.DENGLU_SECRET,
    secrets: settings.DENGLU_SECRETS,
    ...(appId && wechatSecret && { wechat: { appId, appSecret: wechatSecret, apiUrl: WECHAT_API_URL } }),
    ...(appKey && baiduSecret && { baidu: { appKey, appSecret: baiduSecret, apiUrl: BAIDU_API_URL } }),
    host: settings.HOST,
    port: settings.PORT_SERVER,
    databaseUrl: settings.DATABASE_URL,
    dataFolder: settings.DATA_FOLDER,
    redisUrl: settings.REDIS_URL,
    messages: settings.MESSAGES,
    allowedOrigins: settings.ALLOWED_ORIGINS,
    trustedProxies: settings.TRUSTED_PROXIES,
    limits: { perAddress: settings.LIMIT_PER_ADDRESS, perAccount: settings.LIMIT_PER_ACCOUNT },
    profileUpdates: settings.PROFILE_UPDATES,
    minPasswordLength: settings.MIN_PASSWORD_LENGTH,
    metrics: settings.METRICS ?? settings.METRICS_PORT !== undefined,
    metricsPort: settings.METRICS_PORT,
    baasClientId: settings.BAAS_CLIENT_ID,
    publicUrl: settings.PUBLIC_URL,
    drain: settings.DRAIN_SECONDS * 1000,
  };
}
