import { overHttp } from '../test/server/support/client.js';
import { contenders, type Open, SERVER } from './contenders.js';
import { faults } from './faults.js';
import { type Counts, scenarios } from './scenarios.js';

/** What one scenario came to with each contender, in the order of {@link Measured.names}. */
export interface Row<T> {
  name: string;
  results: readonly T[];
}

export interface Measured {
  /** The published SDKs, and denglu last. */
  names: readonly string[];
  counts: readonly Row<Counts>[];
  faults: readonly Row<string>[];
}

/** Runs everything once: all on the same server, each scenario with people and phones of its own. */
export async function measure(): Promise<Measured> {
  const http = await overHttp();
  try {
    const { url } = await http.startServer(SERVER);
    const all = contenders(http, url);
    const run = async <T>(each: readonly { name: string; run(open: Open): Promise<T> }[]): Promise<Row<T>[]> => {
      const rows: Row<T>[] = [];
      for (const { name, run } of each) {
        const results: T[] = [];
        for (const { open } of all) results.push(await run(open));
        rows.push({ name, results });
      }
      return rows;
    };
    try {
      return { names: all.map(({ name }) => name), counts: await run(scenarios), faults: await run(faults) };
    } finally {
      for (const contender of all) contender.stop();
    }
  } finally {
    await http.stop();
  }
}
