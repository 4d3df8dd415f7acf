import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../server/database/open.js';
import { temporaryDatabase } from './support/server.js';

const file = temporaryDatabase();
afterAll(() => file.remove());

/** What another process finds there, which opens the file and closes it again. */
async function readElsewhere(): Promise<unknown> {
  const look = `
    const [, path] = process.argv;
    const { default: Sqlite } = await import('libsql');
    const database = new Sqlite(path);
    console.log(JSON.stringify(database.prepare('select name from written').all()));
    database.close();
  `;
  const path = fileURLToPath(file.url);
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', look, path]);
  return JSON.parse(stdout);
}

it('what is written to a file is there for other processes too, however often this one has opened it', async () => {
  const { tables } = await openDatabase(file.url);
  await sql`create table written (name text)`.execute(tables);
  const aside = await openDatabase(file.url, 'health');
  await sql`insert into written values ('first')`.execute(tables);
  expect(await readElsewhere()).toEqual([{ name: 'first' }]);
  await sql`insert into written values ('second')`.execute(tables);
  expect(await readElsewhere()).toEqual([{ name: 'first' }, { name: 'second' }]);
  await Promise.all([tables.destroy(), aside.tables.destroy()]);
});
