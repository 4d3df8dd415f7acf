import { pino } from 'pino';
import { expect, it } from 'vitest';
import { loggable } from '../../server/http/loggable.js';

/** As pino writes it. */
function lineOf(error: unknown): string {
  let line = '';
  pino({ base: null }, { write: (text: string) => (line += text) }).error({ err: loggable(error) }, 'unexpected error');
  return line;
}

const VALUES = ['+8613800138000', 'salt:hash-of-a-password', 'u-1'];

it.each([
  [
    'MySQL',
    Object.assign(new Error('The MySQL server is running with the --read-only option'), {
      code: 'ER_OPTION_PREVENTS_STATEMENT',
      errno: 1290,
      sql: `insert into account values ('${VALUES.join("','")}')`,
      sqlMessage: `about ${VALUES[0]}`,
    }),
    '--read-only',
  ],
  [
    'MySQL, of a row that is there',
    Object.assign(new Error(`Duplicate entry '${VALUES[0]}' for key 'phoneNumber'`), { code: 'ER_DUP_ENTRY' }),
    'ER_DUP_ENTRY',
  ],
  [
    'PostgreSQL',
    Object.assign(new Error('duplicate key value violates unique constraint "user_phone"'), {
      code: '23505',
      detail: `Key (phoneNumber)=(${VALUES[0]}) already exists.`,
      where: VALUES[1],
    }),
    'user_phone',
  ],
])('what %s says of an error is logged without the values beside it (G-23)', (_, error, reason) => {
  const line = lineOf(new Error('The statement failed.', { cause: error }));
  expect(line).toContain(reason);
  expect(line).toContain('loggable.test.ts');
  for (const value of VALUES) expect(line).not.toContain(value);
});
