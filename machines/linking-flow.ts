import type { SnapshotFrom } from 'xstate';
import type { User } from '../ports/backend.js';
import type { AccountLinkingEvent, accountLinking } from './account-linking.js';
import { credentialsFrom, type PasswordLogin } from './credentials.js';
import { type Flow, type FlowSnapshot, membersOf, nameOf, type RunningFlow } from './flow.js';

export interface LinkingOptions {
  /** Whether the same person in another app counts too. Default `false`. */
  withUnionId?: boolean;
}

export interface LinkingSnapshot extends FlowSnapshot {
  /** Whose the host account is now; where there is none, who has signed in by this flow; `null` until then. */
  readonly user: User | null;
  /** Whether there is a host account to link; a browser has none (K-03). */
  readonly canLink: boolean;
}

/** From a host account without a user to one that silent login finds. In a browser, which has none: a password's sign-in. */
export interface LinkingFlow extends Flow<LinkingSnapshot> {
  /**
   * Makes an account, signs in to it, and links where there is a host account.
   *
   * @throws Failure `invalid-request` where not exactly one name is given, or no password
   */
  register(login: PasswordLogin): void;

  /**
   * Signs in to an account that there is, and links likewise.
   *
   * @throws Failure as {@link LinkingFlow.register}
   */
  signIn(login: PasswordLogin): void;

  /** Links to whoever is signed in; also after a failure, without the password. */
  link(): void;

  /** The person agrees that another account of this host gives way (G-19). */
  overwrite(): void;
}

export function readLinkingSnapshot(state: SnapshotFrom<typeof accountLinking>): LinkingSnapshot {
  return {
    state: nameOf(state.value),
    busy: state.hasTag('busy'),
    otherWay: false,
    failure: state.context.failure,
    user: state.context.linked?.user ?? state.context.user,
    canLink: state.context.canLink,
  };
}

export function linkingFlow(flow: RunningFlow<LinkingSnapshot, AccountLinkingEvent>): LinkingFlow {
  return {
    ...membersOf(flow),
    register: (login) => flow.send({ type: 'REGISTER', credentials: credentialsFrom(login) }),
    signIn: (login) => flow.send({ type: 'SIGN_IN', credentials: credentialsFrom(login) }),
    link: () => flow.send({ type: 'LINK' }),
    overwrite: () => flow.send({ type: 'OVERWRITE' }),
  };
}
