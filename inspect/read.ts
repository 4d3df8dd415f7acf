import type { StateValue } from 'xstate';
import type { Move, State } from './chart.js';
import { DEEPEST, LONGEST_NAME, LONGEST_TEXT, MOST_MOVES, MOST_STATES } from './limits.js';
import type { InspectionRecord, Plain, Step } from './record.js';

/** What comes from elsewhere is taken field by field, within limits; what does not fit is nothing. */

/** @returns `null` where it is no record */
export function readRecord(value: unknown): InspectionRecord | null {
  if (!isObject(value)) return null;
  const [seq, order, at, took] = ['seq', 'order', 'at', 'took'].map((name) => numberIn(value, name));
  const [actor, call, name, machine] = ['actor', 'call', 'name', 'machine'].map((key) => textIn(value, key));
  if (seq === undefined || !Number.isInteger(seq) || seq < 1) return null;
  if (value.kind === 'answer') {
    const { outcome, failure } = value;
    if (call === undefined || took === undefined || !isOneOf(outcome, OUTCOMES)) return null;
    return { kind: 'answer', seq, call, took, outcome, failure: textIn({ failure }, 'failure') ?? null };
  }
  // A time beyond what a date can hold could not be shown.
  if (order === undefined || at === undefined || Math.abs(at) > LATEST || actor === undefined) return null;
  if (value.kind === 'call') {
    return call === undefined || name === undefined ? null : { kind: 'call', seq, order, at, actor, call, name };
  }
  const { status } = value;
  const event = readEvent(value.event);
  const where = readStateValue(value.value, 0);
  if (value.kind !== 'step' || machine === undefined || !event || where === null || !isOneOf(status, STATUSES)) {
    return null;
  }
  return { kind: 'step', seq, order, at, actor, machine, event, value: where, status };
}

/** @returns `null` where it is no chart */
export function readChart(value: unknown): State | null {
  const ids = new Set<string>();
  const read = (value: unknown, depth: number): State | null => {
    if (!isObject(value) || depth > DEEPEST || ids.size >= MOST_STATES) return null;
    const [id, key] = [textIn(value, 'id'), textIn(value, 'key')];
    const { type } = value;
    // Two of one name could be inside each other.
    if (id === undefined || key === undefined || ids.has(id) || !isOneOf(type, TYPES)) return null;
    ids.add(id);
    const children = listIn(value, 'children').map((child) => read(child, depth + 1));
    const moves = listIn(value, 'moves').slice(0, MOST_MOVES).map(readMove);
    if (!areAll(children) || !areAll(moves)) return null;
    const description = textIn(value, 'description', LONGEST_TEXT);
    return {
      id,
      key,
      type,
      description,
      invokes: listIn(value, 'invokes').map(String).slice(0, MOST_MOVES),
      moves,
      start: listIn(value, 'start').map(String).slice(0, MOST_MOVES),
      children,
    };
  };
  return read(value, 0);
}

const OUTCOMES = ['done', 'failed', 'left'] as const;
const STATUSES = ['active', 'done', 'error', 'stopped'] as const;
const TYPES = ['atomic', 'compound', 'parallel', 'final', 'history'] as const;
/** In milliseconds since the epoch: the latest date that there is. */
const LATEST = 8.64e15;

function readMove(value: unknown): Move | null {
  if (!isObject(value)) return null;
  const [eventType, cause, guard] = ['eventType', 'cause', 'guard'].map((name) => textIn(value, name));
  if (eventType === undefined || cause === undefined || guard === undefined) return null;
  if (value.to === null) return { eventType, cause, guard, to: null };
  if (!isObject(value.to)) return null;
  const [id, key] = [textIn(value.to, 'id'), textIn(value.to, 'key')];
  return id === undefined || key === undefined ? null : { eventType, cause, guard, to: { id, key } };
}

function readEvent(value: unknown): Step['event'] | null {
  if (!isPlain(value, 0) || !isFields(value)) return null;
  const type = textIn(value, 'type');
  return type === undefined ? null : { ...value, type };
}

/** The states of a chart that are active; parts that have none inside are empty. */
export function readStateValue(value: unknown, depth: number): StateValue | null {
  if (typeof value === 'string') return value.length <= LONGEST_NAME ? value : null;
  if (!isObject(value) || depth > DEEPEST) return null;
  const parts: { [key: string]: StateValue } = {};
  for (const key of Object.keys(value).slice(0, MOST_STATES)) {
    const part = readStateValue(value[key], depth + 1);
    if (part === null || key === '__proto__') return null;
    parts[key] = part;
  }
  return parts;
}

function isPlain(value: unknown, depth: number): value is Plain {
  if (value === null || ['string', 'number', 'boolean'].indexOf(typeof value) >= 0) return true;
  if (depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  return isObject(value) && Object.keys(value).every((key) => key !== '__proto__' && isPlain(value[key], depth + 1));
}

export function isFields(value: Plain): value is { readonly [name: string]: Plain } {
  return isObject(value);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textIn(value: object, name: string, longest = LONGEST_NAME): string | undefined {
  const text: unknown = Reflect.get(value, name);
  return typeof text === 'string' && text.length <= longest ? text : undefined;
}

function numberIn(value: object, name: string): number | undefined {
  const number: unknown = Reflect.get(value, name);
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function listIn(value: object, name: string): readonly unknown[] {
  const list: unknown = Reflect.get(value, name);
  return Array.isArray(list) ? list : [];
}

function isOneOf<T extends string>(value: unknown, known: readonly T[]): value is T {
  return known.some((one) => one === value);
}

function areAll<T>(values: readonly (T | null)[]): values is readonly T[] {
  return values.indexOf(null) < 0;
}
