import { describe, expect, it } from 'vitest';
import type { Credentials } from '../../../ports/account.js';
import type { Backend, Session } from '../../../ports/backend.js';
import type { FailureKind } from '../../../ports/failure.js';
import type { PhoneByEncryption, PhoneProof } from '../../../ports/phone.js';
import type { HostProfile } from '../../../ports/profile.js';
import { type Secret, secret } from '../../../ports/secret.js';
import { newName, signInWith } from './bench.js';

/** Somebody's phone, with the app and its backend on it. */
export interface Hand {
  readonly backend: Backend;
  loginCode(): Promise<Secret>;
  /** The person's number by the host's newest way, and sealed with the session key of now. */
  number(): Promise<{ proof: PhoneProof; sealed: PhoneByEncryption }>;
  /** The person's profile, with the session key of now. */
  profile(): Promise<HostProfile>;
  /** The path of a picture that may be uploaded. */
  picture(): string;
}

export interface Lack {
  /** What is said instead; `null`: there is no such method. */
  readonly says: FailureKind | null;
  readonly because: string;
}

/** What a backend may be without. */
export type Part = keyof typeof parts;

interface Rule {
  readonly that: string;
  /** Without this the rule cannot hold. */
  readonly needs?: Part;
  readonly holds: (open: () => Hand) => Promise<void>;
}

const wish = { createUser: true, withUnionId: false, expectedUserId: null };
const LINK = { withUnionId: false, overwrite: false };
const SOMEBODY = { id: 'nobody' };

const credentials = (name = newName(), password = 'correct horse battery'): Credentials => ({
  by: 'username',
  name: secret(name),
  password: secret(password),
});

const enter = async ({ backend, loginCode }: Hand): Promise<Session> =>
  backend.signIn({ ...wish, code: await loginCode() });

const rejected = (asked: PromiseLike<unknown>, kind: FailureKind) =>
  expect(Promise.resolve(asked)).rejects.toMatchObject({ name: 'Failure', kind });

/** How each part is asked for, to hear that it is not there. */
const parts = {
  anonymousSignIn: async ({ backend }: Hand) => backend.anonymousSignIn?.(),
  smsSignIn: async ({ backend }: Hand) =>
    backend.smsSignIn?.({ phone: secret('13800138000'), smsCode: secret('000000'), createUser: true }),
  requestPasswordReset: async ({ backend }: Hand) => backend.requestPasswordReset?.(`${newName()}@example.com`),
  readUser: async (hand: Hand) => hand.backend.readUser?.((await enter(hand)).token),
  /** By what was sealed before the code was taken. */
  sealedSignIn: async ({ backend, loginCode, number }: Hand) => {
    await loginCode();
    const { sealed } = await number();
    return backend.phoneSignIn(signInWith(sealed, await loginCode()));
  },
  setProfile: async (hand: Hand) =>
    hand.backend.setProfile((await enter(hand)).token, { nickname: '小红', avatarUrl: null }, 'overwrite'),
  uploadAvatar: async (hand: Hand) => hand.backend.uploadAvatar((await enter(hand)).token, hand.picture()),
  profileByHeldKey: async (hand: Hand) => {
    const { token } = await enter(hand);
    return hand.backend.setHostProfile(token, { profile: await hand.profile(), code: null, sync: 'setnx' });
  },
  replacingLink: async (hand: Hand) => {
    const { token } = await enter(hand);
    return hand.backend.link(token, { ...LINK, code: await hand.loginCode(), overwrite: true });
  },
};

/** What the port promises of each method, whatever the backend is. The types leave none out. */
const rules: { readonly [M in Exclude<keyof Backend, 'name'>]-?: readonly Rule[] } = {
  signIn: [
    {
      that: 'makes a user, and finds the same one again',
      async holds(open) {
        const hand = open();
        const first = await enter(hand);
        const again = await hand.backend.signIn({ ...wish, createUser: false, code: await hand.loginCode() });
        expect(again.user.id).toBe(first.user.id);
        expect(again.expiresAt).toBeGreaterThan(Date.now());
      },
    },
    {
      that: 'G-18: makes nobody where nobody is to be made',
      async holds(open) {
        const { backend, loginCode } = open();
        await rejected(backend.signIn({ ...wish, createUser: false, code: await loginCode() }), 'unregistered');
      },
    },
    {
      that: 'G-06: signs in nobody but the expected user',
      async holds(open) {
        const hand = open();
        await enter(hand);
        const other = { ...wish, code: await hand.loginCode(), expectedUserId: SOMEBODY.id };
        await rejected(hand.backend.signIn(other), 'account-changed');
      },
    },
    {
      that: 'G-01: takes each code once',
      async holds(open) {
        const { backend, loginCode } = open();
        const code = await loginCode();
        await backend.signIn({ ...wish, code });
        await rejected(backend.signIn({ ...wish, code }), 'code-rejected');
      },
    },
  ],
  phoneSignIn: [
    {
      that: 'makes a user whose number is proved',
      async holds(open) {
        const { backend, loginCode, number } = open();
        const code = await loginCode();
        const { user } = await backend.phoneSignIn(signInWith((await number()).proof, code));
        expect([user.phone?.reveal(), user.phoneVerified]).toEqual([expect.stringMatching(/^\+86\d+$/), true]);
      },
    },
    {
      that: 'G-03: refuses what was sealed before the code was taken',
      needs: 'sealedSignIn',
      holds: (open) => rejected(parts.sealedSignIn(open()), 'key-stale'),
    },
  ],
  passwordSignIn: [
    {
      that: 'signs in whoever registered, and nobody by a wrong password',
      async holds(open) {
        const { backend } = open();
        const name = newName();
        const { user } = await backend.register(credentials(name));
        expect((await backend.passwordSignIn(credentials(name))).user.id).toBe(user.id);
        await rejected(backend.passwordSignIn(credentials(name, 'another password')), 'password-wrong');
        await rejected(backend.passwordSignIn(credentials()), 'password-wrong');
      },
    },
  ],
  register: [
    {
      that: 'gives each name to one user',
      async holds(open) {
        const name = newName();
        expect((await open().backend.register(credentials(name))).user.username).toBe(name);
        await rejected(open().backend.register(credentials(name)), 'name-taken');
      },
    },
  ],
  anonymousSignIn: [
    {
      that: 'makes a user of whom nothing is known',
      needs: 'anonymousSignIn',
      async holds(open) {
        const session = await parts.anonymousSignIn(open());
        expect(session?.user).toMatchObject({ openid: null, username: null, phone: null });
      },
    },
  ],
  smsSignIn: [
    {
      that: 'signs in nobody by a wrong code',
      needs: 'smsSignIn',
      holds: (open) => rejected(parts.smsSignIn(open()), 'invalid-request'),
    },
  ],
  requestPasswordReset: [
    {
      that: 'says the same whether or not anybody has the address',
      needs: 'requestPasswordReset',
      holds: (open) => expect(parts.requestPasswordReset(open())).resolves.toBeUndefined(),
    },
  ],
  readUser: [
    {
      that: 'tells who the token belongs to',
      needs: 'readUser',
      async holds(open) {
        const hand = open();
        const { token, user } = await enter(hand);
        expect(await hand.backend.readUser?.(token)).toEqual(user);
        await rejected(Promise.resolve(hand.backend.readUser?.(secret('no token'))), 'token-rejected');
      },
    },
  ],
  setPhone: [
    {
      that: 'sets a proved number with the key that the server holds',
      async holds(open) {
        const hand = open();
        const { token } = await enter(hand);
        const update = { phone: (await hand.number()).proof, code: null, overwrite: true };
        expect(await hand.backend.setPhone(token, update)).toMatchObject({ phoneVerified: true });
      },
    },
    {
      that: 'replaces another number only where that is wanted',
      async holds(open) {
        const hand = open();
        const { token } = await enter(hand);
        await hand.backend.setAccount(token, { phone: secret(`139${String(Date.now()).slice(-8)}`) });
        const update = { phone: (await hand.number()).proof, code: null, overwrite: false };
        await rejected(hand.backend.setPhone(token, update), 'phone-already-set');
      },
    },
    {
      that: 'G-03, G-20: refuses what the server’s key does not open',
      async holds(open) {
        const hand = open();
        const { token } = await enter(hand);
        await hand.loginCode();
        const update = { phone: (await hand.number()).sealed, code: null, overwrite: true };
        await rejected(hand.backend.setPhone(token, update), 'key-stale');
      },
    },
  ],
  setHostProfile: [
    {
      that: 'keeps a profile that comes with a login code',
      async holds(open) {
        const hand = open();
        const { token } = await enter(hand);
        const code = await hand.loginCode();
        const profile = await hand.profile();
        const changed = await hand.backend.setHostProfile(token, { profile, code, sync: 'overwrite' });
        expect(changed).toMatchObject({ nickname: profile.nickname, avatarUrl: profile.avatarUrl });
      },
    },
    {
      that: 'G-03: keeps a profile by the key that the server holds',
      needs: 'profileByHeldKey',
      holds: async (open) => expect(await parts.profileByHeldKey(open())).toHaveProperty('nickname', '小明'),
    },
  ],
  setProfile: [
    {
      that: 'keeps what the person typed in',
      needs: 'setProfile',
      holds: async (open) => expect(await parts.setProfile(open())).toHaveProperty('nickname', '小红'),
    },
  ],
  uploadAvatar: [
    {
      that: 'answers where the picture is',
      needs: 'uploadAvatar',
      holds: async (open) => expect(await parts.uploadAvatar(open())).toMatch(/^https:/),
    },
  ],
  link: [
    {
      that: 'G-19: ties a host account, once, to a user whom the next silent login finds',
      async holds(open) {
        const { backend, loginCode } = open();
        const { token, user } = await backend.register(credentials());
        const linked = await backend.link(token, { ...LINK, code: await loginCode() });
        expect([linked.user.id, linked.wasLinked]).toEqual([user.id, false]);
        const again = await backend.link(token, { ...LINK, code: await loginCode() });
        expect(again.wasLinked).toBe(true);
        const found = await backend.signIn({ ...wish, createUser: false, code: await loginCode() });
        expect(found.user.id).toBe(user.id);
      },
    },
    {
      that: 'G-19: takes no account from another user',
      async holds(open) {
        const hand = open();
        await enter(hand);
        const { token } = await hand.backend.register(credentials());
        await rejected(hand.backend.link(token, { ...LINK, code: await hand.loginCode() }), 'linked-elsewhere');
      },
    },
    {
      that: 'G-19: replaces where that is wanted',
      needs: 'replacingLink',
      holds: async (open) => expect(await parts.replacingLink(open())).toHaveProperty('wasLinked', true),
    },
  ],
  setAccount: [
    {
      that: 'sets the name and the password that the next sign-in may be by',
      async holds(open) {
        const hand = open();
        const { token, user } = await enter(hand);
        const name = newName();
        const { password } = credentials(name);
        expect((await hand.backend.setAccount(token, { username: name, password })).username).toBe(name);
        expect((await hand.backend.passwordSignIn(credentials(name))).user.id).toBe(user.id);
        const other = open();
        const { token: another } = await enter(other);
        await rejected(other.backend.setAccount(another, { username: name }), 'name-taken');
      },
    },
  ],
  signOut: [
    {
      that: 'ends the session, and minds not whether it had ended',
      async holds(open) {
        const hand = open();
        const { token } = await enter(hand);
        await hand.backend.signOut(token);
        await hand.backend.signOut(token);
        await rejected(hand.backend.setAccount(token, { username: newName() }), 'token-rejected');
      },
    },
  ],
  authorize: [
    {
      that: 'G-23: sends the token to the backend’s own address, and nowhere else',
      async holds(open) {
        const { backend } = open();
        const sent = backend.authorize({ url: '/orders', headers: { 'x-trace': '1' } }, secret('the-token'));
        expect(sent.url).toMatch(/^https?:\/\/[^/]+\/orders$/);
        expect(sent.headers).toMatchObject({ 'x-trace': '1', authorization: expect.stringContaining('the-token') });
        const astray = () => backend.authorize({ url: 'https://elsewhere.invalid/' }, secret('the-token'));
        expect(astray).toThrow(expect.objectContaining({ kind: 'misconfigured' }));
      },
    },
  ],
  rejectsToken: [
    {
      that: 'knows the answer to a token that has ended',
      async holds(open) {
        const { backend } = open();
        const answers = [200, 401, 404, 500].map((status) => backend.rejectsToken({ status, headers: {}, data: '' }));
        expect(answers).toEqual([false, true, false, false]);
      },
    },
  ],
};

/**
 * What every backend must do, each on somebody's phone. What one has not it declares, and says so where it is asked.
 *
 * @param open a phone of somebody who has not been here before
 * @param lacks what this backend has not
 */
export function describePort(open: () => Hand, lacks: Partial<Record<Part, Lack>> = {}): void {
  for (const [method, held] of Object.entries(rules)) {
    describe(method, () => {
      for (const { that, needs, holds } of held) {
        const lack = needs && lacks[needs];
        if (!lack) {
          it(that, () => holds(open));
          continue;
        }
        it(`${that}: not here, as ${lack.because}`, async () => {
          if (lack.says === null) expect(open().backend).not.toHaveProperty(needs);
          else await rejected(parts[needs](open()), lack.says);
        });
      }
    });
  }
}
