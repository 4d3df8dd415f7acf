import { fn } from 'storybook/test';
import type { Auth, AuthSnapshot } from '../../machines/auth.js';
import type { LinkingFlow, LinkingSnapshot } from '../../machines/linking-flow.js';
import type { PhoneSnapshot } from '../../machines/phone-flow.js';
import type { ProfileSnapshot } from '../../machines/profile-flow.js';
import type { User } from '../../ports/backend.js';
import type { FailureKind } from '../../ports/failure.js';
import { fakeAuth } from '../fake-auth.js';
import { type FakeFlow, fakeFlow } from '../fake-flow.js';
import { type FakePhone, fakePhone } from '../phone-button/fake-phone.js';
import { type FakeProfile, fakeForm } from '../profile/fake-profile.js';

/** An app whose auth and flows stand still until a story moves them. */
export interface FakeApp {
  readonly auth: Auth;
  readonly phone: FakePhone;
  readonly form: FakeProfile;
  readonly linking: LinkingFlow & FakeFlow<LinkingSnapshot>;
  become(changes: Partial<AuthSnapshot>): void;
}

export interface FakeAppOptions {
  auth?: Partial<AuthSnapshot>;
  /** What comes of a silent sign-in; `null`: nothing yet. */
  silent?: User | FailureKind | null;
  phone?: Partial<PhoneSnapshot>;
  form?: Partial<ProfileSnapshot>;
  linking?: Partial<LinkingSnapshot>;
}

export function fakeApp({ auth = {}, silent = null, ...flows }: FakeAppOptions = {}): FakeApp {
  const phone = fakePhone(flows.phone);
  const form = fakeForm(flows.form);
  const linking = {
    ...fakeFlow<LinkingSnapshot>({
      state: 'undecided',
      busy: false,
      otherWay: false,
      failure: null,
      user: null,
      canLink: true,
      ...flows.linking,
    }),
    register: fn().mockName('register'),
    signIn: fn().mockName('signIn'),
    link: fn().mockName('link'),
    overwrite: fn().mockName('overwrite'),
  };
  const standing = fakeAuth(auth, silent, { phone: () => phone, profile: () => form });
  const listeners = new Set<(snapshot: AuthSnapshot) => void>();
  let snapshot = standing.getSnapshot();
  return {
    phone,
    form,
    linking,
    auth: {
      ...standing,
      linking: () => linking,
      getSnapshot: () => snapshot,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    become(changes) {
      snapshot = { ...snapshot, ...changes };
      for (const listener of listeners) listener(snapshot);
    },
  };
}
