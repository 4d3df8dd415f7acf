import { dialectOf, openDatabase } from '../../server/database/open.js';
import { sqlState } from '../../server/database/sql-state.js';
import { sharedState } from '../../server/plugin/state-beside.js';
import { mountedDenglu } from './support/mounted.js';
import { fakeOpenApi } from './support/open-api.js';
import { newDatabase } from './support/server.js';
import { sharedStateRules } from './support/shared-state-rules.js';

sharedStateRules('the state that processes share in the database', async () => {
  const file = await newDatabase();
  const one = await mountedDenglu(dialectOf(file.url), fakeOpenApi());
  const other = await mountedDenglu(dialectOf(file.url), fakeOpenApi());
  const [first, second] = await Promise.all([one.context, other.context]);
  return {
    states: [sharedState(first.adapter), sharedState(second.adapter)],
    async close() {
      await one.close();
      await other.close();
      await file.remove();
    },
  };
});

/** MySQL cannot say it in one statement; there, the server keeps it as a plugin in somebody else's does. */
const isSaidInOneStatement = !/^(mysql|mariadb):/.test(process.env.TEST_DATABASE_URL ?? '');

if (isSaidInOneStatement) {
  sharedStateRules('the state that processes share in the tables of the server', async () => {
    const file = await newDatabase();
    const mounted = await mountedDenglu(dialectOf(file.url), fakeOpenApi());
    const databases = [await openDatabase(file.url), await openDatabase(file.url)] as const;
    const [one, other] = [sqlState(databases[0]), sqlState(databases[1])];
    if (!one || !other) throw new Error('It is kept elsewhere.');
    return {
      states: [one, other],
      async close() {
        for (const { tables } of databases) await tables.destroy();
        await mounted.close();
        await file.remove();
      },
    };
  });
}
