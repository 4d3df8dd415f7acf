import type { State } from './chart.js';
import { isObject, listIn, readChart, readRecord, textIn } from './read.js';
import type { InspectionRecord } from './record.js';

/** What was seen of one run of an app. No secret is in it (G-23). */
export interface Log {
  /** What the developer called the device. */
  readonly name: string;
  readonly charts: readonly State[];
  readonly records: readonly InspectionRecord[];
}

/** A log that was read. */
export interface LogRead extends Log {
  /** How many of its charts and records were none, and are left out. */
  readonly odd: number;
}

const FORMAT = 'denglu-log';
const VERSION = 1;

export function writeLog({ name, charts, records }: Log): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, name, charts, records });
}

/**
 * Reads a log.
 *
 * @returns `null` where the text is no log, or one of another version
 */
export function readLog(text: string): LogRead | null {
  const value = parse(text);
  if (!isObject(value) || value.format !== FORMAT || value.version !== VERSION) return null;
  const charts = listIn(value, 'charts').map(readChart);
  const records = listIn(value, 'records').map(readRecord);
  const odd = [...charts, ...records].filter((one) => one === null).length;
  return { name: textIn(value, 'name') ?? '', charts: known(charts), records: known(records), odd };
}

/** Whether a text that `readLog` does not take is a log all the same, of another version. */
export function isLogOfOtherVersion(text: string): boolean {
  const value = parse(text);
  return isObject(value) && value.format === FORMAT && value.version !== VERSION;
}

function known<T>(values: readonly (T | null)[]): T[] {
  return values.filter((value): value is T => value !== null);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
