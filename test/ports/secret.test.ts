import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createActor, createMachine } from 'xstate';
import { secret } from '../../ports/secret.js';

const TEXT = 'a+b/c==~plain';

/** Everywhere that a value may be read by accident. */
const readings: readonly (readonly [where: string, read: (value: unknown) => string])[] = [
  ['JSON', (value) => JSON.stringify({ value, list: [value] })],
  ['a template string', (value) => `${value}`],
  ['a concatenation', (value) => `token: ${String(value)}`],
  ['a list joined', (value) => [value, value].join()],
  ['an error', (value) => new Error(`refused: ${value}`).message],
  ['a console', printed],
  ['inspect', (value) => inspect(value)],
  ['inspect with everything', (value) => inspect({ value }, { depth: 10, showHidden: true, getters: true })],
  ['its own properties', (value) => inspect(Object.entries(Object.getOwnPropertyDescriptors(value)), { depth: 10 })],
  ['a copy', (value) => inspect({ ...(value as object) }) + JSON.stringify({ ...(value as object) })],
];

function printed(value: unknown): string {
  const chunks: string[] = [];
  const stdout = new Writable({
    write(chunk, _, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  const log = new Console({ stdout, stderr: stdout });
  log.log(value, { value });
  log.error('%s %j %o %O', value, value, value, value);
  log.dir(value, { showHidden: true });
  log.table([{ value }]);
  return chunks.join('');
}

describe('a secret', () => {
  it('tells its value to whoever asks for it by name', () => {
    expect(secret(TEXT).reveal()).toBe(TEXT);
    expect(secret('').reveal()).toBe('');
  });

  it.each(readings)('G-23: is not read from %s', (_, read) => {
    expect(read(secret(TEXT))).not.toContain('plain');
  });

  it.each(readings.slice(0, 6))('G-23: shows as [secret] in %s', (_, read) => {
    expect(read(secret(TEXT))).toContain('[secret]');
  });

  it('G-23: the source of its functions tells nothing', () => {
    const sources = Object.values(secret(TEXT)).map((own) => Function.prototype.toString.call(own));
    expect(sources.join()).not.toContain('plain');
  });
});

describe('XState’s development build', () => {
  afterEach(() => vi.restoreAllMocks());

  it('G-23: prints an event that came too late, with its secret masked', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const actor = createActor(createMachine({ id: 'late' })).start();
    actor.stop();
    actor.send({ type: 'CODE.GIVEN', code: secret(TEXT), nested: { token: secret(TEXT) } });
    const printed = inspect(warn.mock.calls, { depth: 10 });
    expect(printed).toContain('CODE.GIVEN');
    expect(printed).toContain('[secret]');
    expect(printed).not.toContain('plain');
  });
});
