import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { Kysely, sql } from 'kysely';
import { makeLettersDistinct } from '../../../server/database/mysql-letters.js';
import type { Opened } from '../../../server/database/opened.js';
import { denglu } from '../../../server/index.js';
import { type fakeOpenApi, secretOf } from './open-api.js';
import { APP_ID, type Question, SIGN_IN, toRequest } from './server.js';

export const SECRET = 'somebody else’s secret, also long enough';
export const BASE_URL = 'http://auth.example.test';

/** denglu's plugin in a better-auth of somebody else's making. */
export function optionsWithDenglu(
  { dialect, type }: Opened,
  openApi: ReturnType<typeof fakeOpenApi>,
  more: Partial<BetterAuthOptions> = {},
) {
  const wechat = {
    appId: APP_ID,
    appSecret: secretOf(APP_ID),
    apiUrl: 'https://open-api.invalid',
    fetch: openApi.fetch,
  };
  const { plugins = [], ...rest } = more;
  return {
    baseURL: BASE_URL,
    secret: SECRET,
    database: { db: new Kysely<unknown>({ dialect }), type, transaction: true },
    plugins: [denglu({ wechat, limits: { perAddress: 100_000, perAccount: 100_000 } }), ...plugins],
    telemetry: { enabled: false },
    ...rest,
  } satisfies BetterAuthOptions;
}

/** The same, with its tables made, and ways to ask it and to look into them. */
export async function mountedDenglu(...settings: Parameters<typeof optionsWithDenglu>) {
  const options = optionsWithDenglu(...settings);
  const [, openApi] = settings;
  const { db, type } = options.database;
  if (type === 'mysql') await makeLettersDistinct(db);
  await (await getMigrations(options)).runMigrations();
  const auth = betterAuth<BetterAuthOptions>(options);
  const ask = (path: string, question: Question = {}) => auth.handler(toRequest(`${BASE_URL}${path}`, question));
  return {
    ask,
    context: auth.$context,
    signIn: (account: { openid: string }) => ask(SIGN_IN, { body: { code: openApi.codeFor(account) } }),
    rows: async (table: string) =>
      (await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db)).rows,
    close: () => db.destroy(),
  };
}
