import { isActor } from './actors.js';
import { isHidden } from './hidden.js';
import { cut, LONGEST_NAME } from './limits.js';
import type { Names } from './names.js';
import type { Placeholders } from './placeholders.js';
import type { Plain } from './record.js';

/** How much of a value is told; the rest is cut, and marked as cut. */
const DEEPEST = 8;
const WIDEST = 60;
const LONGEST = 1000;
/** All texts, names and values of an event together, in characters: many events have to fit into one message. */
const BUDGET = 20_000;
/** What a value costs besides its texts. */
const VALUE = 8;

/** How far it is looked for what must not be told, in values, and in how deep they are inside each other. */
const MOST_LOOKED_AT = 5000;
const DEEPEST_LOOK = 20;
/** What a placeholder may be called, before its number. */
const SORT = /^[a-z_\u4e00-\u9fff-]{1,32}\d?$/i;
/** What beneath a hidden name says what something is, and not what it is worth. */
const WORD = /^[A-Za-z_]{1,24}$/;

/** A secret that an error's message quotes, by the name that stands before it. One that is no mere word has a digit. */
const NAMED_IN_TEXT =
  /(?:\bbearer\s+|(token|password|secret|session_?key)["']?\s*[=:]\s*["']?)(?=[^\s&"',;]*\d)([^\s&"',;]{8,})/gi;

/** What XState calls things says nothing of what they are. */
const SORTLESS = /^(|input|output|value|data|leaving)$/;

export interface EncodeOptions {
  placeholders: Placeholders;
  /** Names of what is told apart by identity. */
  objects: Names;
  nameOfActor(actor: object): string;
}

/**
 * Makes plain data of an event, and puts placeholders where something secret stands:
 *
 * - `{ $secret: 'token#1' }` a `Secret`
 * - `{ $text: 'password#1' }` a text that its field's name gives away
 * - `{ $failure: { kind, … } }`, `{ $error: '…' }`
 * - `{ $snapshot: { value, status, tags } }` where another chart is
 * - `{ $actor: 'lease#2' }`, `{ $object: 'object#1' }`, `{ $function: 'now' }`
 * - `{ $cut: … }` what was too deep, too wide or too long, by itself or with all the rest
 */
export function createEncoder({ placeholders, objects, nameOfActor }: EncodeOptions): (value: unknown) => Plain {
  let left = BUDGET;

  const text = (value: string): Plain => {
    value.replace(NAMED_IN_TEXT, (whole, name: string | undefined, secret: string) => {
      placeholders.of(name ?? 'token', secret);
      return whole;
    });
    const clean = placeholders.scrub(value);
    const longest = Math.min(LONGEST, Math.max(0, left));
    left -= Math.min(clean.length, longest);
    return clean.length > longest ? { $cut: clean.slice(0, longest) } : clean;
  };

  /** What stands in a field, and in all that is in it, where its name gives it away. */
  const hidden = (value: unknown, sort: string): Plain | undefined => {
    const isTold = (typeof value !== 'string' && typeof value !== 'number') || value === '';
    return isTold ? undefined : { $text: placeholders.of(sort, String(value)) };
  };

  const fields = (value: object, { name: inside, depth, sort }: Place): Plain => {
    const names = Object.keys(value).filter((name) => Reflect.get(value, name) !== undefined);
    const told: { [name: string]: Plain } = {};
    let count = 0;
    for (const name of names.slice(0, WIDEST)) {
      if (left <= 0) break;
      count += 1;
      const clean = nameOf(name, sort);
      left -= clean.length;
      const key = clean.charAt(0) === '$' ? `$${clean}` : clean;
      // A plain assignment to `__proto__` would make no field.
      Object.defineProperty(told, key, {
        value: encode(Reflect.get(value, name), placeIn(name, inside, depth, sort)),
        enumerable: true,
      });
    }
    if (count < names.length) Object.defineProperty(told, '$cut', { value: names.length, enumerable: true });
    return told;
  };

  /** An app may keep things by what is secret: by number of phone, by token. */
  const nameOf = (name: string, sort: string): string =>
    sort !== '' && !WORD.test(name) ? placeholders.of(sort, name) : cut(placeholders.scrub(name), LONGEST_NAME);

  /**
   * Names all that is secret in a value before anything of it is told: a message may come before what it speaks of. It looks
   * further than what is told.
   */
  const collect = (value: unknown): void => {
    let looked = 0;
    const look = (value: unknown, { name, depth, sort }: Place): void => {
      looked += 1;
      if (looked > MOST_LOOKED_AT) return;
      if (sort !== '') hidden(value, sort);
      if (typeof value !== 'object' || value === null || depth > DEEPEST_LOOK) return;
      if (isSecret(value)) {
        secretOf(value, name);
        return;
      }
      if (value instanceof Error || isActor(value) || isChartSnapshot(value)) return;
      if (Array.isArray(value)) {
        for (const item of value) look(item, { name, depth: depth + 1, sort });
      } else if (isPlain(value)) {
        for (const key of Object.keys(value)) {
          if (sort !== '') nameOf(key, sort);
          look(Reflect.get(value, key), placeIn(key, name, depth, sort));
        }
      }
    };
    look(value, TOP);
  };

  const secretOf = (value: { reveal(): string }, name: string): string =>
    placeholders.of(SORTLESS.test(name) ? 'secret' : sortOf(name), String(value.reveal()));

  /** A failure has kept of its payload only what explains it: its `code` says what went wrong, and is no secret. */
  const explaining = (raw: object): Plain => {
    const told: { [name: string]: Plain } = {};
    for (const [name, value] of Object.entries(raw).slice(0, WIDEST)) {
      if (left <= 0) break;
      const clean = nameOf(name, '');
      left -= clean.length;
      if (typeof value === 'number') told[clean] = value;
      if (typeof value === 'string') told[clean] = text(value);
    }
    return told;
  };

  const failure = (error: Error): Plain => {
    const { kind, retryAfter, raw } = readFailure(error);
    const message = text(error.message);
    if (kind === undefined) return { $error: message };
    return {
      $failure: {
        kind: cut(placeholders.scrub(kind), LONGEST_NAME),
        message,
        ...(retryAfter !== undefined && { retryAfter }),
        ...(raw && { raw: explaining(raw) }),
      },
    };
  };

  /** What a chart holds is told by its own events; who watches it asks where it is. */
  const snapshotOf = ({ value, status, tags }: ChartSnapshot): Plain => ({
    value: encode(value, TOP),
    status,
    tags: [...tags],
  });

  const list = (values: readonly unknown[], { name, depth, sort }: Place): Plain => {
    const items: Plain[] = [];
    for (const item of values.slice(0, WIDEST)) {
      if (left <= 0) break;
      items.push(encode(item, { name, depth: depth + 1, sort }));
    }
    return items.length < values.length ? { $cut: items } : items;
  };

  const encode = (value: unknown, place: Place): Plain => {
    const { name, depth, sort } = place;
    left -= VALUE;
    const masked = sort === '' ? undefined : hidden(value, sort);
    if (masked !== undefined) return masked;
    switch (typeof value) {
      case 'string':
        return text(value);
      case 'number':
        return Number.isFinite(value) ? value : { $number: String(value) };
      case 'boolean':
        return value;
      case 'function':
        return { $function: cut(placeholders.scrub(name), LONGEST_NAME) };
      case 'object':
        break;
      default:
        return value === undefined ? null : { $cut: typeof value };
    }
    if (value === null) return null;
    if (isSecret(value)) return { $secret: secretOf(value, name) };
    if (value instanceof Error) return failure(value);
    if (isChartSnapshot(value)) return { $snapshot: snapshotOf(value) };
    if (isActor(value)) return { $actor: nameOfActor(value) };
    if (depth >= DEEPEST) return { $cut: 'deep' };
    if (Array.isArray(value)) return list(value, place);
    if (isPlain(value)) return fields(value, place);
    return { $object: objects.of(value, 'object') };
  };

  return (value) => {
    left = BUDGET;
    collect(value);
    return encode(value, TOP);
  };
}

/** Where in an event a value stands. */
interface Place {
  readonly name: string;
  readonly depth: number;
  /** The name that gives the value away, its own or that of what it is in; empty: none does. */
  readonly sort: string;
}

const TOP: Place = { name: '', depth: 0, sort: '' };

function placeIn(name: string, inside: string, depth: number, sort: string): Place {
  return { name, depth: depth + 1, sort: sort === '' && isHidden(name, inside) ? sortOf(name) : sort };
}

/** A name that may be a value itself is no sort. */
function sortOf(name: string): string {
  return SORT.test(name) ? name : 'secret';
}

interface ChartSnapshot {
  readonly value: unknown;
  readonly status: string;
  readonly tags: ReadonlySet<string>;
}

function isChartSnapshot(value: object): value is ChartSnapshot {
  const [machine, matches] = ['machine', 'matches'].map((name): unknown => Reflect.get(value, name));
  return typeof machine === 'object' && machine !== null && typeof matches === 'function';
}

function isSecret(value: object): value is { reveal(): string } {
  return typeof Reflect.get(value, 'reveal') === 'function';
}

/** What has fields is told by them; what has none is only the same as itself. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // An app's parts, and a test's, may have an `Object` each.
  const isLiteral = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isLiteral && Object.keys(value).length > 0;
}

function readFailure(error: Error): { kind?: string; retryAfter?: number; raw?: object } {
  const [kind, retryAfter, raw]: unknown[] = ['kind', 'retryAfter', 'raw'].map((name) => Reflect.get(error, name));
  if (typeof kind !== 'string') return {};
  return {
    kind,
    ...(typeof retryAfter === 'number' && { retryAfter }),
    ...(typeof raw === 'object' && raw !== null && { raw }),
  };
}
