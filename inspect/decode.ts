import { matchesState, type StateValue } from 'xstate';
import { Failure, type FailureKind } from '../ports/failure.js';
import { type Secret, secret } from '../ports/secret.js';
import { isFields, readStateValue } from './read.js';
import type { Plain } from './record.js';

/** Makes values of plain data again, with placeholders where something secret stood. */
export interface Decoder {
  decode(value: Plain): unknown;
  /** Whether anything that was decoded had been cut. */
  readonly wasCut: boolean;
}

/** @param now what the functions of this name answer */
export function createDecoder(now: () => number): Decoder {
  const secrets = createStore<Secret>(secret);
  const things = createStore<object>((name) => handle(name));
  let wasCut = false;

  const marked = (mark: string, value: Plain): unknown => {
    switch (mark) {
      case '$secret':
        return secrets(String(value));
      case '$text':
        return String(value);
      case '$failure':
        return failureOf(value);
      case '$error':
        return new Error(String(value));
      case '$actor':
      case '$object':
        return things(String(value));
      case '$snapshot':
        return snapshotOf(value);
      case '$number':
        return Number(value);
      case '$function':
        return functionOf(String(value));
      default:
        wasCut = true;
        return decode(value);
    }
  };

  const functionOf = (name: string): (() => number) => (name === 'now' ? now : () => 0.5);

  const fields = (value: { readonly [name: string]: Plain }): object => {
    if ('$cut' in value) wasCut = true;
    const decoded: { [name: string]: unknown } = {};
    for (const [name, part] of Object.entries(value)) decoded[name.replace(/^\$\$/, '$')] = decode(part);
    return decoded;
  };

  const decode = (value: Plain): unknown => {
    if (Array.isArray(value)) return value.map(decode);
    if (!isFields(value)) return value;
    const [[mark, part] = ['', null], ...others] = Object.entries(value);
    const isMarked = others.length === 0 && /^\$[^$]/.test(mark);
    return isMarked ? marked(mark, part) : fields(value);
  };

  return {
    decode,
    get wasCut() {
      return wasCut;
    },
  };
}

/** The same thing for the same name, as events tell things apart by identity. */
function createStore<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name);
    if (known) return known;
    const thing = make(name);
    made.set(name, thing);
    return thing;
  };
}

/** Stands for an actor: events go to it, and nothing comes of them. */
function handle(name: string): object {
  return { id: name, sessionId: name, send: () => {}, getSnapshot: () => ({ status: 'active' }) };
}

function failureOf(value: Plain): Failure {
  if (!isFields(value)) return new Failure('unknown');
  const { kind, message, retryAfter, raw } = value;
  return new Failure(isKind(kind) ? kind : 'unknown', {
    ...(typeof message === 'string' && { message }),
    ...(typeof retryAfter === 'number' && { retryAfter }),
    ...(raw !== undefined && { raw }),
  });
}

/** A log may be of a version that knew other kinds: they are what they are. */
function isKind(kind: Plain | undefined): kind is FailureKind {
  return typeof kind === 'string';
}

function snapshotOf(snapshot: Plain): object {
  const { value = {}, status = 'active', tags = [] } = isFields(snapshot) ? snapshot : {};
  const where = readStateValue(value, 0);
  const known: readonly Plain[] = Array.isArray(tags) ? tags : [];
  return {
    value,
    status,
    context: {},
    tags: new Set(known),
    matches: (path: StateValue) => where !== null && matchesState(path, where),
    hasTag: (tag: string) => known.indexOf(tag) >= 0,
  };
}
