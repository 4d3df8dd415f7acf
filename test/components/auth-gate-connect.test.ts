import { describe, expect, it } from 'vitest';
import { connect } from '../../components/auth-gate/connect.js';
import type { AuthSnapshot, AuthStatus } from '../../machines/auth.js';
import { aSession } from '../support/sessions.js';

const { user } = aSession();
const snapshot = (over: Partial<AuthSnapshot>): AuthSnapshot => ({
  status: 'signedOut',
  busy: false,
  user: null,
  failure: null,
  ...over,
});
const all = ['pending', 'fallback', 'content'] as const;
const resting: AuthStatus[] = ['stopped', 'signedOut', 'offline', 'expired'];
const finding: AuthStatus[] = ['restoring', 'checking', 'signingIn', 'renewing'];

describe('the gate', () => {
  it.each([...resting, ...finding])('shows its content to whoever is signed in, %s', (status) => {
    for (const before of all) {
      const state = snapshot({ status, user, busy: finding.includes(status) });
      expect(connect(state, before)).toEqual({ shown: 'content' });
    }
  });

  it.each(resting)('shows the fallback where nobody is, %s', (status) => {
    for (const before of all) expect(connect(snapshot({ status }), before)).toEqual({ shown: 'fallback' });
  });

  it.each(finding)('waits at first, while it is not known: %s', (status) => {
    expect(connect(snapshot({ status, busy: true }), 'pending')).toEqual({ shown: 'pending' });
  });

  it.each(finding)('leaves the fallback alone while somebody signs in from it, %s (G-15)', (status) => {
    expect(connect(snapshot({ status, busy: true }), 'fallback')).toEqual({ shown: 'fallback' });
  });

  it('shows the fallback at once to whoever signs out', () => {
    const state = snapshot({ status: 'signingOut', busy: true });
    for (const before of all) expect(connect(state, before)).toEqual({ shown: 'fallback' });
  });

  it('shows the fallback where the app has made no auth', () => {
    expect(connect(null, 'pending')).toEqual({ shown: 'fallback' });
  });
});
