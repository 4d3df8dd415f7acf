import { afterEach, expect, it } from 'vitest';
import { openDatabase } from '../../server/database/open.js';
import { holdTable } from './support/hold.js';
import { type Servers, serversUnderTest } from './support/server.js';

let servers: Servers;

afterEach(() => servers.stop());

/** More than a server has connections to its database. */
const CROWD = 30;

it('a server is ready while its connections are all busy: whoever asks does not stand in line with requests', {
  timeout: 60_000,
}, async () => {
  servers = await serversUnderTest();
  const { ask, signIn, openApi, config } = servers;
  const holder = await openDatabase(config.databaseUrl);
  let waiting = CROWD;
  let crowd: Promise<number>[] = [];
  await holdTable(holder, 'dengluRateWindow', async () => {
    crowd = Array.from({ length: CROWD }, async (_, index) => {
      const { status } = await signIn({ code: openApi.codeFor({ openid: `o-${index % 3}` }) });
      waiting -= 1;
      return status;
    });
    for (let turns = 0; turns < 10; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    const { status } = await ask('/readyz');
    expect([status, waiting]).toEqual([200, CROWD]);
  });
  expect(new Set(await Promise.all(crowd))).toEqual(new Set([200]));
  await holder.tables.destroy();
});
