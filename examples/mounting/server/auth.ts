import { createClient } from '@libsql/client';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { denglu, libsqlDialect } from 'denglu-server';
import { Kysely } from 'kysely';

export interface MountingSettings {
  /** Signs tokens and encrypts session keys; at least 32 characters. */
  secret: string;
  /** Where the app's own server is reached. */
  baseURL: string;
  /** The file of the database, as a `file:` address. */
  databaseUrl: string;
  wechat: { appId: string; appSecret: string; apiUrl?: string };
}

/** A better-auth of one's own, with mini-programs' sign-in as one of its plugins, and its tables made. */
export async function createAuth({ secret, baseURL, databaseUrl, wechat }: MountingSettings) {
  const client = createClient({ url: databaseUrl, concurrency: 1 });
  const options = {
    secret,
    baseURL,
    database: { db: new Kysely({ dialect: libsqlDialect(client) }), type: 'sqlite' as const, transaction: true },
    plugins: [denglu({ wechat })],
    telemetry: { enabled: false },
  };
  await (await getMigrations(options)).runMigrations();
  return betterAuth(options);
}

export type OwnAuth = Awaited<ReturnType<typeof createAuth>>;
