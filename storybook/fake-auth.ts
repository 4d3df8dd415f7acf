import { fn } from 'storybook/test';
import type { Auth, AuthSnapshot } from '../machines/auth.js';
import type { Session, User } from '../ports/backend.js';
import { Failure, type FailureKind } from '../ports/failure.js';
import { secret } from '../ports/secret.js';

export const lin: User = {
  id: 'user-1',
  nickname: '林小满',
  avatarUrl: null,
  openid: 'oExampleExampleExampleExampl',
  unionid: null,
  username: null,
  email: null,
  phone: null,
  phoneVerified: false,
};

/**
 * An auth that stands still in one snapshot and answers each sign-in as it is told to.
 *
 * @param flows what it opens for pages
 */
export function fakeAuth(
  snapshot: Partial<AuthSnapshot>,
  answer: User | FailureKind | null = lin,
  flows: Partial<Pick<Auth, 'phone' | 'profile' | 'linking'>> = {},
): Auth {
  const standing: AuthSnapshot = { status: 'signedOut', busy: false, user: null, failure: null, ...snapshot };
  return {
    start: fn(),
    stop: fn(),
    ensure: fn(() => answered(answer)).mockName('ensure'),
    request: fn(() => Promise.reject(new Failure('unsupported'))),
    phone: fn(noFlow),
    profile: fn(noFlow),
    linking: fn(noFlow),
    settings: fn(noFlow),
    ...flows,
    signOut: fn(() => Promise.resolve()),
    subscribe: () => () => {},
    getSnapshot: () => standing,
    privacy: {
      getSnapshot: () => ({ isAsking: false, contractName: '《隐私保护指引》' }),
      subscribe: () => () => {},
      popup: () => ({ shown: fn(), hidden: fn(), detached: fn(), seen: fn(), agree: fn(), disagree: fn() }),
      openContract: fn(),
    },
  };
}

function answered(answer: User | FailureKind | null): Promise<Session> {
  if (answer === null) return new Promise(() => {});
  if (typeof answer === 'string') return Promise.reject(new Failure(answer));
  return Promise.resolve({ user: answer, token: secret('a token of a story'), expiresAt: Date.UTC(2040, 0) });
}

function noFlow(): never {
  throw new Failure('unsupported', { message: 'This story opens no such flow.' });
}
