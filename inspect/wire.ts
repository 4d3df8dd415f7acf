import type { State } from './chart.js';
import type { InspectionRecord } from './record.js';

/** What device, command and page say to each other, as JSON over web sockets. */

/** They understand each other where it is the same. */
export const PROTOCOL = 1;

/** Where on the command's address a device connects, and where a page. */
export const DEVICE_PATH = '/device';
export const PAGE_PATH = '/page';

/** One run of an app on a device. */
export interface Device {
  /** No other run has it. */
  readonly run: string;
  /** What the developer calls the device. */
  readonly name: string;
  /** Which host the app runs on; empty: nobody said. */
  readonly host: string;
}

export type FromDevice =
  | { readonly type: 'hello'; readonly protocol: number; readonly token: string; readonly device: Device }
  | { readonly type: 'chart'; readonly chart: State }
  | { readonly type: 'records'; readonly records: readonly InspectionRecord[] };

export type ToDevice =
  /** `seq`: the newest record of this run that has come; 0: none, nor any chart. */
  | { readonly type: 'welcome'; readonly seq: number }
  | { readonly type: 'got'; readonly seq: number }
  /** So many records and charts of this run were not understood so far. */
  | { readonly type: 'skipped'; readonly count: number }
  | Refused;

export type FromPage = {
  readonly type: 'watch';
  readonly protocol: number;
  readonly token: string;
  /** The newest record that the page has of each run. */
  readonly have: { readonly [run: string]: number };
};

/** A device that the command knows of. */
export interface KnownDevice extends Device {
  readonly connected: boolean;
  /** When the run was first heard of, in milliseconds since the epoch. */
  readonly since: number;
  /** How many of its records and charts were not understood. */
  readonly skipped: number;
}

export type ToPage =
  | { readonly type: 'devices'; readonly devices: readonly KnownDevice[] }
  | { readonly type: 'chart'; readonly run: string; readonly chart: State }
  | { readonly type: 'records'; readonly run: string; readonly records: readonly InspectionRecord[] }
  | Refused;

/** Why somebody is not talked to. The connection is closed after it, and trying again will not help. */
export interface Refused {
  readonly type: 'refused';
  readonly reason: RefusalReason;
}

export type RefusalReason = 'token' | 'protocol' | 'nonsense' | 'crowded';
