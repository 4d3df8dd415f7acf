import { overHttp } from '../test/server/support/client.js';
import { contenders, type Open, SERVER } from './contenders.js';
import { faults } from './faults.js';
import { type Counts, scenarios } from './scenarios.js';

/** What one scenario came to: with the SDK, and with denglu. */
export interface Row<T> {
  name: string;
  sdk: T;
  denglu: T;
}

export interface Measured {
  names: { sdk: string; denglu: string };
  counts: readonly Row<Counts>[];
  faults: readonly Row<string>[];
}

/** Runs everything once: both on the same server, each scenario with people and phones of its own. */
export async function measure(): Promise<Measured> {
  const http = await overHttp();
  try {
    const { url } = await http.startServer(SERVER);
    const [sdk, denglu] = contenders(http, url);
    const both = async <T>(all: readonly { name: string; run(open: Open): Promise<T> }[]): Promise<Row<T>[]> => {
      const rows: Row<T>[] = [];
      for (const { name, run } of all) {
        rows.push({ name, sdk: await run(sdk.open), denglu: await run(denglu.open) });
      }
      return rows;
    };
    try {
      const names = { sdk: sdk.name, denglu: denglu.name };
      return { names, counts: await both(scenarios), faults: await both(faults) };
    } finally {
      denglu.stop();
    }
  } finally {
    await http.stop();
  }
}
