import type { Dialect } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialectOf } from '../../server/database/open.js';
import { mountedDenglu } from './support/mounted.js';
import { fakeOpenApi } from './support/open-api.js';
import { withDriver } from './support/other-driver.js';
import { newDatabase, SIGN_IN } from './support/server.js';

/** As the drivers throw it. */
const failure = (message: string, code?: string) =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

/** What is thrown, by whom, and when. */
const ABSENT = [
  ['PostgreSQL: it takes no connections', failure('database "denglu" is not currently accepting connections', '55000')],
  ['PostgreSQL: the database was renamed', failure('database "denglu" does not exist', '3D000')],
  ['PostgreSQL: the role may not log in', failure('role "denglu" is not permitted to log in', '28000')],
  ['PostgreSQL: the password was changed', failure('password authentication failed', '28P01')],
  ['PostgreSQL: the disk is full', failure('could not extend file', '53100')],
  ['PostgreSQL: it is coming up', failure('the database system is starting up', '57P03')],
  ['MySQL: the password was changed', failure('Access denied', 'ER_ACCESS_DENIED_ERROR')],
  ['MySQL: the disk is full', failure('Disk full', 'ER_DISK_FULL')],
  ['libsql: the disk is full', failure('database or disk is full', 'SQLITE_FULL')],
  ['libsql: the disk is broken', failure('disk I/O error', 'SQLITE_IOERR_WRITE')],
  ['libsql: the file is write-protected', failure('attempt to write a readonly database', 'SQLITE_READONLY')],
  ['libsql: its server answers no handshake', failure('Connect Timeout Error', 'UND_ERR_CONNECT_TIMEOUT')],
  ['libsql: the certificate of its server has expired', failure('certificate has expired', 'CERT_HAS_EXPIRED')],
  ['libsql: another process has locked the file for long', failure('database is locked', 'SQLITE_BUSY')],
  ['Redis: its snapshots fail', failure('MISCONF Redis is configured to save RDB snapshots')],
  ['Redis: it has too few replicas', failure('NOREPLICAS Not enough good replicas to write.')],
  ['Redis: it wants another password', failure('WRONGPASS invalid username-password pair')],
] as const;

let thrown: Error | undefined;
const file = await newDatabase();
const opened = await dialectOf(file.url);
let mounted: Awaited<ReturnType<typeof mountedDenglu>>;

beforeAll(async () => {
  mounted = await mountedDenglu({ ...opened, dialect: failing(opened.dialect) }, fakeOpenApi());
});
afterAll(async () => {
  thrown = undefined;
  await mounted.close();
  await file.remove();
});

/** A database whose every connection fails, as long as something is to be thrown. */
const failing = (dialect: Dialect) =>
  withDriver(dialect, (driver) => ({
    async acquireConnection() {
      if (thrown) throw thrown;
      return driver.acquireConnection();
    },
  }));

describe('a server of somebody else’s, whose database fails', () => {
  it.each(ABSENT)('is told 503 by denglu’s routes, to be tried again soon: %s', async (_, error) => {
    thrown = error;
    for (const path of [SIGN_IN, '/api/auth/denglu/user']) {
      const answer = await mounted.ask(path, path === SIGN_IN ? { body: { code: 'a code' } } : {});
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await answer.json()).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    }
  });

  it('and is told nothing of the kind where something else is wrong', async () => {
    thrown = failure('relation "user" does not exist', '42P01');
    const answer = await mounted.ask(SIGN_IN, { body: { code: 'a code' } }).catch((error: unknown) => error);
    expect(answer instanceof Response ? answer.status : 500).toBe(500);
  });
});
