import { Failure, type FailureKind } from '../ports/failure.js';

/** How one host words its failures. */
export interface FailureRules {
  /** By `errno`, the newest and most exact. */
  readonly errno: Readonly<Record<number, FailureKind>>;
  /** By `errCode` or `errcode`. */
  readonly errCode: Readonly<Record<number, FailureKind>>;
  /** By the text, the first that matches; texts differ by system and version (G-11). */
  readonly errMsg: readonly (readonly [RegExp, FailureKind])[];
}

/**
 * Reads the reason out of whatever a host gave: its number first, its text last; unknown stays unknown (G-11).
 *
 * @param payload what the host's `fail` was called with, or what its call threw
 * @param rules the host's own numbers and texts
 */
export function readHostFailure(payload: unknown, rules: FailureRules): Failure {
  const text = textOf(payload);
  const kind =
    byNumber(rules.errno, payload, 'errno') ??
    byNumber(rules.errCode, payload, 'errCode') ??
    byNumber(rules.errCode, payload, 'errcode') ??
    rules.errMsg.find(([pattern]) => pattern.test(text))?.[1] ??
    'unknown';
  return new Failure(kind, { raw: payload, ...(text && { message: text }) });
}

function byNumber(kinds: Readonly<Record<number, FailureKind>>, payload: unknown, field: string) {
  const value = fieldOf(payload, field);
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' ? kinds[number] : undefined;
}

function textOf(payload: unknown): string {
  if (typeof payload === 'string') return payload;
  const text = fieldOf(payload, 'errMsg') ?? fieldOf(payload, 'message');
  return typeof text === 'string' ? text : '';
}

function fieldOf(payload: unknown, field: string): unknown {
  return typeof payload === 'object' && payload !== null ? Reflect.get(payload, field) : undefined;
}
