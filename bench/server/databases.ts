import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isInstalled, postgres } from '../../scripts/databases/engines.mjs';
import { makePlace } from '../../scripts/databases/place.mjs';
import { startDatabase } from '../../scripts/databases/start.mjs';

/** An empty database, and what ends it. */
export interface Database {
  name: string;
  url: string;
  stop(): Promise<void>;
}

/** Empty databases for this run alone: a file, and PostgreSQL where Debian's is installed. */
export async function emptyDatabases() {
  const place = makePlace();
  const file: Database = {
    name: 'libsql file',
    url: pathToFileURL(join(place.folder('file'), 'denglu.db')).href,
    stop: async () => {},
  };
  const running = isInstalled(postgres) ? await startDatabase(postgres, place.folder('postgres')) : undefined;
  const server: Database | undefined = running && { name: 'PostgreSQL', ...running };
  return {
    file,
    server,
    async stop() {
      await server?.stop();
      place.remove();
    },
  };
}
