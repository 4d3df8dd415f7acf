import type { BetterAuthOptions } from 'better-auth';
import type { Logger } from 'pino';
import type { AvatarStore } from './avatars/store.js';
import type { Background } from './background.js';
import type { ServerConfig } from './config.js';
import type { Database } from './database/open.js';
import type { HostFetch } from './hosts/fetch.js';
import { AUTH_ORIGIN, CLIENT_ADDRESS } from './http/auth-request.js';
import type { Sender } from './messages/sender.js';
import { denglu } from './plugin/denglu.js';
import type { SharedState } from './plugin/shared-state.js';

/** What better-auth works with beside its settings. */
export interface AuthParts {
  /** What sends the calls to the open API of a host. */
  sendTo: (host: string) => HostFetch;
  avatars: AvatarStore;
  /** Without one, no messages are sent. */
  sender: Sender | undefined;
  /** What is waited for before the database is closed. */
  behind: Pick<Background, 'add'>;
  /** Default the database. */
  state?: SharedState | undefined;
}

/** better-auth as this server runs it. */
export function authOptions(config: ServerConfig, log: Logger, database: Database, parts: AuthParts) {
  const { limits, profileUpdates, minPasswordLength, baasClientId } = config;
  const baas = baasClientId !== undefined;
  const { avatars, sender, state, behind } = parts;
  const hosts = {
    ...(config.wechat && { wechat: { ...config.wechat, fetch: parts.sendTo('wechat') } }),
    ...(config.baidu && { baidu: { ...config.baidu, fetch: parts.sendTo('baidu') } }),
  };
  return {
    secrets: [...(config.secrets ?? [{ version: 1, value: config.secret }])],
    baseURL: AUTH_ORIGIN,
    basePath: '/api/auth',
    database: { db: database.tables, type: database.type, transaction: true },
    plugins: [
      denglu({
        ...hosts,
        limits,
        countAddresses: false,
        profileUpdates,
        avatars,
        baas,
        ...(sender && { sender }),
        ...(state && { state }),
      }),
    ],
    // Its own addresses for passwords stay closed: denglu's keep to the length, too.
    emailAndPassword: { enabled: false, ...(minPasswordLength !== undefined && { minPasswordLength }) },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its spans hold what databases say of a failure, and MySQL names the number or address that is there twice.
    experimental: { instrumentation: { enabled: false } },
    // Whether a terminal has colours would be asked again with each transaction.
    logger: { log: (level, message) => log[level](message), disableColors: true },
    // What is thrown reaches the one place that logs and answers it.
    onAPIError: { throw: true },
    advanced: {
      backgroundTasks: { handler: behind.add },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS], trustedProxies: [...config.trustedProxies] },
      // Both guard cookies, and no request arrives with one.
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
  } satisfies BetterAuthOptions;
}
