import type { SnapshotFrom } from 'xstate';
import type { User } from '../ports/backend.js';
import type { AccountSettingsEvent, accountSettings } from './account-settings.js';
import { type AccountForm, changesFrom } from './credentials.js';
import { type Flow, type FlowSnapshot, membersOf, nameOf, type RunningFlow } from './flow.js';

export interface SettingsSnapshot extends FlowSnapshot {
  /** The user after the last change; `null` before the first. */
  readonly user: User | null;
}

/** A form for the names and the password of whoever is signed in. */
export interface SettingsFlow extends Flow<SettingsSnapshot> {
  /** @throws Failure `invalid-request` where nothing is to be changed */
  save(form: AccountForm): void;
}

export function readSettingsSnapshot(state: SnapshotFrom<typeof accountSettings>): SettingsSnapshot {
  return {
    state: nameOf(state.value),
    busy: state.hasTag('busy'),
    otherWay: false,
    failure: state.context.failure,
    user: state.context.user,
  };
}

export function settingsFlow(flow: RunningFlow<SettingsSnapshot, AccountSettingsEvent>): SettingsFlow {
  return { ...membersOf(flow), save: (form) => flow.send({ type: 'SAVE', changes: changesFrom(form) }) };
}
