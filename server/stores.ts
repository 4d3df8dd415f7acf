import type { Redis } from 'ioredis';
import type { ServerConfig } from './config.js';
import { type Database, openDatabase } from './database/open.js';
import { openRedis } from './redis/open.js';

/** What one server keeps things in. */
export interface Stores {
  database: Database;
  /** For what processes share and forget again, where there is one. */
  redis: Redis | undefined;
  close(): Promise<void>;
}

/** @throws StartError where one of them cannot be opened; then the other is closed again */
export async function openStores({ databaseUrl, redisUrl }: ServerConfig): Promise<Stores> {
  const database = await openDatabase(databaseUrl);
  try {
    const redis = redisUrl === undefined ? undefined : await openRedis(redisUrl);
    return {
      database,
      redis,
      async close() {
        redis?.disconnect();
        await database.tables.destroy();
      },
    };
  } catch (error) {
    await database.tables.destroy();
    throw error;
  }
}
