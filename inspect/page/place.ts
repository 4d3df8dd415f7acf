import type { Session } from './session.js';

/** A run in the list of devices. */
export interface Place {
  readonly name: string;
  readonly host: string;
  /** `null`: from a file. */
  connected: boolean | null;
  /** How much of what it told was not understood. */
  skipped: number;
  /** When it was first heard of, in milliseconds since the epoch. */
  since: number;
  readonly session: Session;
}

export type Run = readonly [run: string, place: Place];

/** The runs of each device, oldest first; each file by itself. Each has a key that stays. */
export function groupsOf(places: ReadonlyMap<string, Place>): ReadonlyMap<string, readonly Run[]> {
  const found = new Map<string, Run[]>();
  for (const entry of places) {
    const [run, { name, host, connected }] = entry;
    const key = JSON.stringify(connected === null ? [run] : [name, host]);
    found.set(key, [...(found.get(key) ?? []), entry]);
  }
  for (const runs of found.values()) runs.sort(([, one], [, other]) => one.since - other.since);
  return found;
}
