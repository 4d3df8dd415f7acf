/** Of which errors even the message tells values: a row that is there already, a text that is none. */
const TELL_VALUES = /^(ER_DUP_ENTRY|ER_TRUNCATED_WRONG_VALUE|ER_TRUNCATED_WRONG_VALUE_FOR_FIELD|22P02)$/;

/**
 * What of an error may be written to the log. The drivers of databases put the whole statement beside it, or the row, and
 * with these names, numbers, hashes and tokens (G-23).
 *
 * @param error of anything that was thrown
 */
export function loggable(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('Something that is no error was thrown.');
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const tellsValues = code !== undefined && TELL_VALUES.test(code);
  const told = new Error(tellsValues ? code : error.message);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  told.stack = [`${error.name}: ${told.message}`, ...frames].join('\n');
  if (code !== undefined) Object.assign(told, { code });
  if (error.cause !== undefined) told.cause = loggable(error.cause);
  return told;
}
