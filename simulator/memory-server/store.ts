import type { Clock } from '../../ports/clock.js';
import type { HostAccount } from './host-line.js';
import type { LoginNames } from './input.js';
import { ServerRefusal } from './refusal.js';

export interface UserRecord extends LoginNames {
  readonly id: string;
  nickname: string | null;
  avatarUrl: string | null;
  phoneVerified: boolean;
  password: string | null;
}

/** A host account, and whose it is. */
export interface IdentityRecord extends HostAccount {
  readonly user: UserRecord;
}

export interface SessionRecord {
  readonly token: string;
  readonly user: UserRecord;
  /** The host account that it was signed in with, if any. */
  openid: string | null;
  /** In milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** A user as the server tells it. */
export interface ServerUser {
  readonly id: string;
  readonly nickname: string | null;
  readonly avatarUrl: string | null;
  readonly openid: string | null;
  readonly unionid: string | null;
  readonly username: string | null;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly phone: string | null;
  readonly phoneVerified: boolean;
}

export type Store = ReturnType<typeof createStore>;

/**
 * The server's tables. Whatever writes into them does so in one call stack, after all that may refuse it: that is the
 * real server's transaction.
 */
export function createStore(clock: Clock, tokenLifetime: number) {
  let users: readonly UserRecord[] = [];
  /** The last used one last. */
  let identities: readonly IdentityRecord[] = [];
  const sessions = new Map<string, SessionRecord>();
  let lastUser = 0;
  let lastToken = 0;

  const identitiesOf = (user: UserRecord) => identities.filter((identity) => identity.user === user).reverse();

  const toPublic = (user: UserRecord, openid: string | null): ServerUser => {
    const own = identitiesOf(user);
    const identity = own.find((one) => one.openid === openid) ?? own[0];
    return {
      id: user.id,
      nickname: user.nickname,
      avatarUrl: user.avatarUrl,
      openid: identity?.openid ?? null,
      unionid: identity?.unionid ?? null,
      username: user.username ?? null,
      email: user.email ?? null,
      emailVerified: false,
      phone: user.phone ?? null,
      phoneVerified: user.phoneVerified,
    };
  };

  return {
    identitiesOf,

    get users(): readonly ServerUser[] {
      return users.map((user) => toPublic(user, null));
    },

    createUser(names: LoginNames = {}): UserRecord {
      lastUser += 1;
      const blank = { nickname: null, avatarUrl: null, phoneVerified: false, password: null };
      const user: UserRecord = { id: `user-${lastUser}`, ...blank, ...names };
      users = [...users, user];
      return user;
    },

    /** Who has this name, proved or not. */
    findUser: (by: keyof LoginNames, name: string) => users.find((user) => user[by] === name),

    findIdentity: (openid: string) => identities.find((identity) => identity.openid === openid),

    withUnionid: (unionid: string) => identities.filter((identity) => identity.unionid === unionid),

    /** Ties a host account to its user, or keeps its newest session key (W-04). */
    keepIdentity(account: HostAccount, user: UserRecord): void {
      const known = identities.find(({ openid }) => openid === account.openid);
      const identity = { ...account, unionid: known?.unionid ?? account.unionid, user };
      identities = [...identities.filter((other) => other !== known), identity];
    },

    untieAll(user: UserRecord): void {
      identities = identities.filter((identity) => identity.user !== user);
    },

    /** What a client reads of a sign-in. */
    openSession(user: UserRecord, openid: string | null) {
      lastToken += 1;
      const session: SessionRecord = {
        token: `token-${lastToken}`,
        user,
        openid,
        expiresAt: clock.now() + tokenLifetime,
      };
      sessions.set(session.token, session);
      const { token, expiresAt } = session;
      return { token, expiresAt, user: toPublic(user, openid) };
    },

    /** @throws ServerRefusal `NOT_SIGNED_IN`, `TOKEN_REJECTED` */
    session(token: string): SessionRecord {
      if (token === '') throw new ServerRefusal('NOT_SIGNED_IN');
      const session = sessions.get(token);
      if (!session || session.expiresAt <= clock.now()) throw new ServerRefusal('TOKEN_REJECTED');
      return session;
    },

    /** The session's user, as they themselves may read it. */
    userOf: ({ user, openid }: SessionRecord) => ({ user: toPublic(user, openid) }),

    endSession: (token: string) => void sessions.delete(token),
    endSessions: () => sessions.clear(),

    removeUser(openid: string): void {
      const user = identities.find((identity) => identity.openid === openid)?.user;
      users = users.filter((other) => other !== user);
      identities = identities.filter((identity) => identity.user !== user);
      for (const [token, session] of sessions) if (session.user === user) sessions.delete(token);
    },
  };
}
