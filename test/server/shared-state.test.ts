import { dialectOf } from '../../server/database/open.js';
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
