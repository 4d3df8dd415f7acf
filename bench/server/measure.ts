import { emptyDatabases } from './databases.js';
import { type Decryptions, measureDecryptions } from './decryptions.js';
import { measureProcesses, type Processes } from './processes.js';
import { measureSignIns, type SignIns } from './sign-ins.js';

/** What the server's measurements came to. */
export interface ServerMeasured {
  signIns: readonly { database: string; rows: readonly SignIns[] }[];
  decryptions: readonly Decryptions[];
  /** Empty where there is no PostgreSQL. */
  processes: readonly Processes[];
}

/**
 * Runs all of them, one after the other.
 *
 * @param tell is told what is measured next
 */
export async function measureServer(tell: (next: string) => void): Promise<ServerMeasured> {
  const databases = await emptyDatabases();
  try {
    const { file, server } = databases;
    tell('decryptions');
    const decryptions = measureDecryptions();
    const signIns: { database: string; rows: SignIns[] }[] = [];
    for (const database of server ? [file, server] : [file]) {
      tell(`sign-ins on ${database.name}`);
      signIns.push({ database: database.name, rows: await measureSignIns(database) });
    }
    if (server) tell('processes on PostgreSQL');
    return { signIns, decryptions, processes: server ? await measureProcesses(server) : [] };
  } finally {
    await databases.stop();
  }
}
