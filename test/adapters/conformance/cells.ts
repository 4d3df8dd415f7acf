import type { FailureKind } from '../../../ports/failure.js';
import type { KeyValueStore, Platform } from '../../../ports/platform.js';
import type { VirtualClock } from '../../../simulator/index.js';

/** Every member of the port that asks the host for something; the rest are facts about it. */
export type Member =
  | Exclude<keyof Platform, 'name' | 'codeLifetime' | 'host' | 'storage'>
  | `storage.${keyof KeyValueStore}`;

/** What any call of a host may fail with, whatever it was asked. */
const anything = [
  'offline',
  'timeout',
  'busy',
  'rate-limited',
  'denied',
  'cancelled',
  'host-signed-out',
  'not-permitted',
  'misconfigured',
  'unsupported',
  'unknown',
] as const satisfies readonly FailureKind[];

const profile = ['privacy-refused', 'privacy-undeclared', ...anything] as const satisfies readonly FailureKind[];

/** The kinds of failure that each member may have: the `@throws` of `ports/platform.ts`, kept level by a test. */
export const failureKinds = {
  login: anything,
  checkSession: anything,
  request: anything,
  abilities: [],
  readPhone: ['privacy-refused', 'privacy-undeclared', 'quota-exhausted', 'needs-verification', ...anything],
  getUserProfile: profile,
  getUserInfo: profile,
  readUserInfo: profile,
  isUserInfoAllowed: anything,
  upload: anything,
  getPrivacySetting: anything,
  onPrivacyNeeded: [],
  openPrivacyContract: anything,
  'storage.get': ['unknown'],
  'storage.set': ['unknown'],
  'storage.remove': ['unknown'],
  onShow: [],
  onOnline: [],
} as const satisfies Record<Member, readonly FailureKind[]>;

const common = ['success', 'no answer', 'late answer', 'two answers', 'synchronous throw'] as const;

/** What only one member's host can do. */
const own = {
  login: ['success without a code'],
  checkSession: ['no'],
  readPhone: ['yes with nothing'],
  getUserProfile: ['stand-in'],
  getUserInfo: ['stand-in'],
  readUserInfo: ['stand-in', 'yes with nothing'],
  isUserInfoAllowed: ['no'],
  getPrivacySetting: ['needed'],
} as const satisfies Partial<Record<Member, readonly string[]>>;

export interface Impossible {
  /** Why no host, or not this one, can do that. */
  readonly impossible: string;
}

const AT_ONCE: Impossible = { impossible: 'the store answers in the same call stack' };
const EVENTS: Impossible = { impossible: 'what is told twice has happened twice' };
const FACTS: Impossible = { impossible: 'the host tells of itself in the same call stack' };
const HEARD: Impossible = { impossible: 'the event has come, and the host is not called' };
const READ = { 'no answer': HEARD, 'late answer': HEARD, 'two answers': HEARD, 'synchronous throw': HEARD } as const;

/** The cells that the port itself rules out, on every host. */
export const ruledOut = {
  'storage.get': { 'no answer': AT_ONCE, 'late answer': AT_ONCE, 'two answers': AT_ONCE },
  'storage.set': { 'no answer': AT_ONCE, 'late answer': AT_ONCE, 'two answers': AT_ONCE },
  'storage.remove': { 'no answer': AT_ONCE, 'late answer': AT_ONCE, 'two answers': AT_ONCE },
  abilities: { 'no answer': FACTS, 'late answer': FACTS, 'two answers': FACTS },
  readPhone: READ,
  readUserInfo: READ,
  onPrivacyNeeded: { 'two answers': EVENTS },
  onShow: { 'two answers': EVENTS },
  onOnline: { 'two answers': EVENTS },
} as const satisfies Partial<Record<Member, Partial<Record<(typeof common)[number], Impossible>>>>;

type Own<M> = M extends keyof typeof own ? (typeof own)[M][number] : never;
type RuledOut<M> = M extends keyof typeof ruledOut ? keyof (typeof ruledOut)[M] : never;

/** The outcomes of a member that every rig brings. */
export type Outcome<M extends Member> = Exclude<
  (typeof common)[number] | Own<M> | (typeof failureKinds)[M][number],
  RuledOut<M>
>;

/** Makes the device's host do this with the next call of the member. */
export type Cell<Device> = ((device: Device, clock: VirtualClock) => void | Promise<void>) | Impossible;

/** What a cell needs of the device from its start. */
export interface Circumstances {
  /** Whether the person has agreed to the app's privacy guide (W-16). */
  readonly isPrivacyAgreed: boolean;
  /** Whether the host tells of nobody any more (W-08, B-05). */
  readonly isEverybodyAnonymous: boolean;
}

export function circumstancesOf(member: Member, outcome: string): Circumstances {
  return {
    isPrivacyAgreed: member !== 'onPrivacyNeeded' && outcome !== 'needed',
    isEverybodyAnonymous: outcome === 'stand-in',
  };
}

export type PlatformCells<Device> = {
  readonly [M in Member]: { readonly [O in Outcome<M>]: Cell<Device> };
};

/** A table of which nothing is known yet. */
export type AnyTable<Value> = Readonly<Record<string, Readonly<Record<string, Value>>>>;

/** The whole table: every member, with everything that may come of it. */
export function allCells(): readonly (readonly [member: Member, outcome: string])[] {
  const more: Partial<Record<Member, readonly string[]>> = own;
  return (Object.keys(failureKinds) as Member[]).flatMap((member) =>
    [...common, ...(more[member] ?? []), ...failureKinds[member]].map((outcome) => [member, outcome] as const),
  );
}

export function isImpossible(cell: unknown): cell is Impossible {
  return typeof cell === 'object' && cell !== null && 'impossible' in cell;
}

/** What is wrong with a rig's table: cells that are missing, that nobody asked for, or that give no reason. */
export function complaintsAbout(cells: AnyTable<unknown>): string[] {
  const out: AnyTable<unknown> = ruledOut;
  const wanted = allCells().filter(([member, outcome]) => !out[member]?.[outcome]);
  const names = new Set(wanted.map(([member, outcome]) => `${member} × ${outcome}`));
  const missing = wanted
    .filter(
      ([member, outcome]) => typeof cells[member]?.[outcome] !== 'function' && !isImpossible(cells[member]?.[outcome]),
    )
    .map(([member, outcome]) => `${member} × ${outcome} is missing`);
  const brought = Object.entries(cells).flatMap(([member, row]) =>
    Object.entries(row).map(([outcome, cell]) => [`${member} × ${outcome}`, cell] as const),
  );
  const unknown = brought.filter(([name]) => !names.has(name)).map(([name]) => `${name} is no cell of the table`);
  const mute = brought
    .filter(([, cell]) => isImpossible(cell) && cell.impossible.trim() === '')
    .map(([name]) => `${name} is impossible without a reason`);
  return [...missing, ...unknown, ...mute];
}
