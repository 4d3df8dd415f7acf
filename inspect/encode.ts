import { isActor } from './actors.js';
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

/** Fields whose texts are never told, even where an app forgot to make them a `Secret` (G-23). */
const HIDDEN =
  /(pass(word|code)?|secret|token|session_?key|phone(number)?|mobile|encrypted_?data|cipher_?text|raw_?data|signature|^iv|(^|_|[a-z])code)$/i;
/** Those of hosts and servers that say what went wrong. */
const EXPLAINING = /^(err_?code|error_?code|status_?code|country_?code|baas_?code)$/i;
/** Who the person is: nobody's business who is sent a log. */
const PERSONAL = /^((nick|user|real|full)_?name|avatar(_?url)?|open_?id|union_?id|e?mail|birth(day|_?date))$/i;

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
    const clean = placeholders.scrub(value);
    const longest = Math.min(LONGEST, Math.max(0, left));
    left -= Math.min(clean.length, longest);
    return clean.length > longest ? { $cut: clean.slice(0, longest) } : clean;
  };

  const field = (name: string, value: unknown, depth: number): Plain => {
    const sort = hiddenSort(name);
    if (sort && ((typeof value === 'string' && value !== '') || typeof value === 'number')) {
      // A length of time or a status is no secret; a number that is one is long.
      if (typeof value === 'number' && !/phone|mobile/i.test(name)) return value;
      return { $text: placeholders.of(sort, String(value)) };
    }
    return encode(value, name, depth);
  };

  const fields = (value: object, depth: number): Plain => {
    const names = Object.keys(value).filter((name) => Reflect.get(value, name) !== undefined);
    const told: { [name: string]: Plain } = {};
    let count = 0;
    for (const name of names.slice(0, WIDEST)) {
      if (left <= 0) break;
      left -= name.length;
      count += 1;
      const key = name.charAt(0) === '$' ? `$${name}` : name;
      // A plain assignment to `__proto__` would make no field.
      Object.defineProperty(told, key, {
        value: field(name, Reflect.get(value, name), depth + 1),
        enumerable: true,
      });
    }
    if (count < names.length) Object.defineProperty(told, '$cut', { value: names.length, enumerable: true });
    return told;
  };

  /** A failure has kept of its payload only what explains it: its `code` says what went wrong, and is no secret. */
  const explaining = (raw: object): Plain => {
    const told: { [name: string]: Plain } = {};
    for (const [name, value] of Object.entries(raw).slice(0, WIDEST)) {
      if (left <= 0) break;
      left -= name.length;
      if (typeof value === 'number') told[name] = value;
      if (typeof value === 'string') told[name] = text(value);
    }
    return told;
  };

  const failure = (error: Error): Plain => {
    const { kind, retryAfter, raw } = readFailure(error);
    const message = text(error.message);
    if (kind === undefined) return { $error: message };
    return {
      $failure: {
        kind,
        message,
        ...(retryAfter !== undefined && { retryAfter }),
        ...(raw && { raw: explaining(raw) }),
      },
    };
  };

  /** What a chart holds is told by its own events; who watches it asks where it is. */
  const snapshotOf = ({ value, status, tags }: ChartSnapshot): Plain => ({
    value: encode(value, '', 0),
    status,
    tags: [...tags],
  });

  const list = (values: readonly unknown[], name: string, depth: number): Plain => {
    const items: Plain[] = [];
    for (const item of values.slice(0, WIDEST)) {
      if (left <= 0) break;
      items.push(encode(item, name, depth + 1));
    }
    return items.length < values.length ? { $cut: items } : items;
  };

  const encode = (value: unknown, name: string, depth: number): Plain => {
    left -= VALUE;
    switch (typeof value) {
      case 'string':
        return text(value);
      case 'number':
        return Number.isFinite(value) ? value : { $number: String(value) };
      case 'boolean':
        return value;
      case 'function':
        return { $function: name };
      case 'object':
        break;
      default:
        return value === undefined ? null : { $cut: typeof value };
    }
    if (value === null) return null;
    if (isSecret(value)) return { $secret: placeholders.of(SORTLESS.test(name) ? 'secret' : name, value.reveal()) };
    if (value instanceof Error) return failure(value);
    if (isChartSnapshot(value)) return { $snapshot: snapshotOf(value) };
    if (isActor(value)) return { $actor: nameOfActor(value) };
    if (depth >= DEEPEST) return { $cut: 'deep' };
    if (Array.isArray(value)) return list(value, name, depth);
    if (isPlain(value)) return fields(value, depth);
    return { $object: objects.of(value, 'object') };
  };

  return (value) => {
    left = BUDGET;
    return encode(value, '', 0);
  };
}

function hiddenSort(name: string): string | null {
  return (HIDDEN.test(name) && !EXPLAINING.test(name)) || PERSONAL.test(name) ? name : null;
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
