import { join } from 'node:path';
import { betterAuth } from 'better-auth';
import { type Logger, pino } from 'pino';
import { authOptions } from './auth.js';
import { avatarFolder } from './avatars/folder.js';
import type { AvatarStore } from './avatars/store.js';
import { background } from './background.js';
import { dataFolderOf, type ServerConfig } from './config.js';
import { prepareDataFolder } from './data-folder.js';
import { healthOf } from './database/health.js';
import { migrate } from './database/migrate.js';
import { openDatabase } from './database/open.js';
import { sqlState } from './database/sql-state.js';
import { type HostFetch, hostFetch } from './hosts/fetch.js';
import { traceHost } from './hosts/trace.js';
import { AVATARS, createApp } from './http/app.js';
import { authHandler } from './http/auth-handler.js';
import type { Env } from './http/env.js';
import { metricsApp } from './http/metrics-app.js';
import { httpSockets, originOf } from './http/sockets.js';
import type { Sender } from './messages/sender.js';
import { senderOf, tellOfOutbox } from './messages/sender-of.js';
import { createMetrics } from './metrics/metrics.js';
import type { ProfileUpdate } from './plugin/profile-endpoints.js';
import type { PublicUser } from './plugin/public-user.js';
import { countAddress } from './plugin/rate-limit.js';
import { checkRedis } from './redis/open.js';
import { redisState } from './redis/redis-state.js';
import { openStores, type Stores } from './stores.js';
import { within } from './within.js';

/** What the names of all keys in Redis begin with. */
const KEYS = 'denglu:';

/** How long the database may take to close where there is no patience left, in milliseconds. */
const CLOSING = 2000;

/** What a server uses of the world around it. */
export interface Surroundings {
  /** What sends the calls to the host's open API. Default what Node's own `fetch` sends with. */
  fetch?: HostFetch;
  /** Where uploaded pictures are kept. Default a folder beside the database, which this server reads from. */
  avatars?: AvatarStore;
  /** What brings SMS codes and mails to people. Default what {@link ServerConfig.messages} says. */
  sender?: Sender;
  /** Default one JSON line per event on standard output. */
  log?: Logger;
}

/** A server, which may be asked directly or listen on a socket. */
export interface Server {
  /**
   * Answers one request, without a socket.
   *
   * @param connection where it came from, so that it is counted there: in an app on `@hono/node-server`, its `c.env`
   */
  fetch(request: Request, connection?: Env['Bindings']): Promise<Response>;

  /**
   * Writes the profile of a user, whatever the setting for clients says.
   *
   * @param profile which fields, and which of them may be replaced; default those that were never set
   * @throws Error where there is no such user
   */
  updateProfile(userId: string, profile: ProfileUpdate): Promise<PublicUser>;

  /**
   * Begins to listen.
   *
   * @returns its address, such as `http://127.0.0.1:8787`
   * @throws StartError where the address cannot be had
   */
  listen(): Promise<string>;

  /**
   * Says at `/readyz` that requests should go elsewhere, and takes them for as long as {@link ServerConfig.drain}; then
   * takes no more, waits for those in flight and for mails still being sent, and closes the database. Idempotent.
   *
   * @param patience how long to wait for all that together, in milliseconds. Default 10000; then it is cut off, though the
   * database has two seconds at least.
   */
  close(patience?: number): Promise<void>;
}

/**
 * Opens the database, brings its tables up to date, and makes the server.
 *
 * @throws StartError where the database or Redis cannot be opened, files that it is to keep cannot be written, or nobody said
 * what becomes of messages; then nothing is left open
 */
export async function createServer(config: ServerConfig, surroundings: Surroundings = {}): Promise<Server> {
  const sender = surroundings.sender ?? senderOf(config);
  const stores = await openStores(config);
  try {
    const keepsMessages = !surroundings.sender && config.messages === 'file';
    const keepsPictures = !surroundings.avatars && config.profileUpdates;
    if (keepsMessages || keepsPictures) prepareDataFolder(dataFolderOf(config));
    return await serverOn(stores, sender, config, surroundings);
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function serverOn(
  { database, redis, close }: Stores,
  sender: Sender | undefined,
  config: ServerConfig,
  surroundings: Surroundings,
): Promise<Server> {
  const { fetch: send = hostFetch, log = pino() } = surroundings;
  let origin = originOf(config.host, config.port);
  const files = avatarFolder(join(dataFolderOf(config), 'avatars'), () => `${config.publicUrl ?? origin}${AVATARS}`);
  const { avatars = files } = surroundings;
  const state = redis ? redisState(redis, KEYS) : sqlState(database);
  const metrics = config.metrics ? createMetrics() : undefined;
  const sendTo = (host: string) => traceHost(host, metrics?.watch(host, send) ?? send);
  const behind = background();
  const parts = { sendTo, avatars, sender, state, behind };
  const auth = betterAuth(authOptions(config, log, database, parts));
  await migrate(config.databaseUrl, (alone) => authOptions(config, log, alone, parts));
  const aside = await openDatabase(config.databaseUrl, 'health');
  const health = healthOf(aside);
  if (!surroundings.sender) tellOfOutbox(config, log);

  const app = createApp({
    auth: authHandler(auth),
    addresses: Object.values(auth.api).flatMap(({ path }) => path ?? []),
    count: async (headers) => countAddress(await auth.$context, headers, config.limits),
    checkReady: async () => {
      await health.check();
      if (redis) await checkRedis(redis, KEYS);
    },
    isClosing: () => stopped !== undefined,
    allowedOrigins: config.allowedOrigins,
    behindProxy: config.trustedProxies.length > 0,
    baasClientId: config.baasClientId,
    readAvatar: async (name) => (surroundings.avatars ? undefined : files.read(name)),
    log,
    metrics,
    showsMetrics: config.metricsPort === undefined,
  });

  const { host, port, metricsPort } = config;
  const sockets = httpSockets((request, env) => app.fetch(request, env), { host, port, variable: 'PORT_SERVER' });
  const aboutIt =
    metrics && metricsPort !== undefined
      ? httpSockets(metricsApp(metrics).fetch, { host, port: metricsPort, variable: 'METRICS_PORT' })
      : undefined;
  let isListening = false;

  async function stop(patience: number): Promise<void> {
    if (isListening && config.drain) await new Promise((resolve) => setTimeout(resolve, config.drain));
    const deadline = Date.now() + patience;
    await Promise.all([sockets, aboutIt].map((each) => each?.close(patience)));
    const unsent = await behind.ended(Math.max(0, deadline - Date.now()));
    if (unsent > 0) log.warn({ unsent }, 'closing before all mails were sent');
    const left = Math.max(CLOSING, deadline - Date.now());
    const closed = Promise.all([close(), aside.tables.destroy()]);
    // Whoever waits for the process shall not wait for a database that is gone, whatever its driver says of it.
    const isClosed = await within(left, closed).catch(() => false);
    if (!isClosed) log.warn('closing without an answer from the database');
    log.info('closed');
  }

  let stopped: Promise<void> | undefined;

  return {
    fetch: async (request, connection) => app.fetch(request, connection),

    async updateProfile(userId, profile) {
      const { user } = await auth.api.updateDengluProfile({ body: { userId, ...profile } });
      return user;
    },

    async listen() {
      origin = await sockets.listen();
      isListening = true;
      const metricsUrl = aboutIt && `${await aboutIt.listen()}/metrics`;
      log.info({ url: origin, metricsUrl }, 'listening');
      return origin;
    },

    close(patience = 10_000) {
      stopped ??= stop(patience);
      return stopped;
    },
  };
}
