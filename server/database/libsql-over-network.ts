import { createClient } from '@libsql/client';
import { libsqlDialect } from './libsql.js';
import type { Opened } from './opened.js';

/** libsql on another machine, over HTTP. Its token may be part of the address, as `?authToken=`. */
export function libsqlOverNetwork(url: string): Opened {
  return { type: 'sqlite', dialect: libsqlDialect(createClient({ url })) };
}
