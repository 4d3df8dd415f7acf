import type { Desk, Endpoint } from './desk.js';
import { type LoginNames, optionalPassword, readCredentials, readNames, refuse } from './input.js';
import { type ServerCode, ServerRefusal } from './refusal.js';
import type { Store, UserRecord } from './store.js';

/** Names and passwords. */
export function accountEndpoints({ store }: Desk): Record<string, Endpoint> {
  return {
    'POST /register'({ body }) {
      const { names, password } = readCredentials(body);
      refuseWeak(password);
      refuseTaken(store, names);
      const user = store.createUser(names);
      user.password = password;
      return store.openSession(user, null);
    },

    'POST /anonymous-sign-in': () => store.openSession(store.createUser({}, true), null),

    'POST /password-sign-in'({ body }) {
      const { names, password } = readCredentials(body);
      const [user] = holdersOf(store, names).map(([, holder]) => holder);
      if (!user || user.password !== password) throw new ServerRefusal('PASSWORD_WRONG');
      return store.openSession(user, null);
    },

    'PUT /account'({ body, token }) {
      const names = readNames(body);
      const password = optionalPassword(body);
      const currentPassword = optionalPassword(body, 'currentPassword');
      if (password === undefined && Object.keys(names).length === 0) refuse();
      const session = store.session(token);
      const { user } = session;
      if (password !== undefined) {
        if (user.password !== null && user.password !== currentPassword) throw new ServerRefusal('PASSWORD_WRONG');
        refuseWeak(password);
      }
      refuseTaken(store, names, user);
      user.password = password ?? user.password;
      user.phoneVerified = user.phoneVerified && (names.phone ?? user.phone) === user.phone;
      Object.assign(user, names);
      return store.userOf(session);
    },
  };
}

const TAKEN: Record<keyof LoginNames, ServerCode> = {
  username: 'USERNAME_TAKEN',
  email: 'EMAIL_TAKEN',
  phone: 'PHONE_TAKEN',
};

/** Who has each of these names, proved or not: with a password, a name need not be proved. */
function holdersOf(store: Store, names: LoginNames): [keyof LoginNames, UserRecord][] {
  const held: [keyof LoginNames, UserRecord][] = [];
  for (const by of ['username', 'email', 'phone'] as const) {
    const name = names[by];
    const holder = name === undefined ? undefined : store.findUser(by, name);
    if (holder) held.push([by, holder]);
  }
  return held;
}

function refuseTaken(store: Store, names: LoginNames, user?: UserRecord): void {
  for (const [by, holder] of holdersOf(store, names)) if (holder !== user) throw new ServerRefusal(TAKEN[by]);
}

function refuseWeak(password: string): void {
  if (password.length < 8 || password.length > 128) throw new ServerRefusal('PASSWORD_TOO_WEAK');
}
