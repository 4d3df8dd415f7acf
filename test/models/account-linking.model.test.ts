import { describe, expect, it } from 'vitest';
import { createActor, fromCallback, type InspectionEvent } from 'xstate';
import { type AccountLinkingEvent, accountLinking } from '../../machines/account-linking.js';
import type { LeaseAnswer } from '../../machines/lease.js';
import { defaultTiming } from '../../machines/timing.js';
import type { UserNews } from '../../machines/user-news.js';
import type { AccountLink, Credentials, Linked } from '../../ports/account.js';
import type { Session } from '../../ports/backend.js';
import { Failure, type FailureKind } from '../../ports/failure.js';
import { type Secret, secret } from '../../ports/secret.js';
import { aSession } from '../support/sessions.js';
import { abilitiesOnBaidu, refusalsOnBaidu } from './baidu.js';
import { createMap } from './paths.js';
import { recorded } from './recorded.js';
import { createChosenClock, createPendingCalls, type Run, walk } from './walk.js';

const calls = createPendingCalls();
let codes = 0;
/** Every code that was sent in this run. */
let sent: Secret[] = [];
let answerCode: ((answer: LeaseAnswer) => void) | null = null;
let isAsking = false;
let tellUser: (news: UserNews) => void = () => {};
/** What the flow did to the world since the last tap that it took up, in order. */
let deeds: (
  | { deed: 'adopt'; session: Session }
  | { deed: 'ask' }
  | { deed: 'link'; input: AccountLink }
  | { deed: 'register' | 'passwordSignIn'; input: Credentials }
)[] = [];

/** Bound once: a transition counts as taken if it is one of this very machine. */
const machine = accountLinking.provide({
  actors: {
    register: recorded(calls.task<Session, Credentials>('register'), (input) =>
      deeds.push({ deed: 'register', input }),
    ),
    passwordSignIn: recorded(calls.task<Session, Credentials>('passwordSignIn'), (input) =>
      deeds.push({ deed: 'passwordSignIn', input }),
    ),
    link: recorded(calls.task<Linked, AccountLink>('link'), (input) => {
      sent.push(input.code);
      deeds.push({ deed: 'link', input });
    }),
    watchUser: fromCallback(({ sendBack }) => {
      tellUser = sendBack;
    }),
    keepKey: fromCallback<LeaseAnswer>(({ sendBack }) => {
      deeds.push({ deed: 'ask' });
      isAsking = true;
      answerCode = (answer) => {
        isAsking = false;
        sendBack(answer);
      };
      return () => {
        answerCode = null;
        isAsking = false;
      };
    }),
  },
  actions: { adopt: (_, { session }) => void deeds.push({ deed: 'adopt', session }) },
});

const refusals = (...kinds: FailureKind[]) =>
  Object.fromEntries(kinds.map((kind) => [kind, { error: new Failure(kind) }]));
const { user } = aSession();
const fresh = aSession();
const verdicts = {
  register: {
    ...refusals('name-taken', 'phone-taken', 'password-too-weak', 'offline'),
    session: { value: fresh },
  },
  passwordSignIn: { ...refusals('password-wrong', 'rate-limited'), session: { value: fresh } },
  link: {
    ...refusals('linked-elsewhere', 'link-occupied', 'code-rejected', 'offline', 'busy'),
    ...refusals('token-rejected', 'cancelled', 'unregistered', 'account-changed', 'anonymous-user'),
    linked: { value: { user, wasLinked: false } satisfies Linked },
    'linked before': { value: { user, wasLinked: true } satisfies Linked },
  },
};
const credentials: Credentials = { by: 'username', name: secret('xiaoming'), password: secret('a long password') };

const PERSON = ['REGISTER', 'SIGN_IN', 'LINK', 'OVERWRITE', 'CANCEL'] as const;
type Tap = (typeof PERSON)[number];

interface LinkingRun extends Run {
  /** The last tap that the flow took up. */
  lastTap(): Tap | null;
}

interface Circumstances {
  isSignedIn: boolean;
  /** Whether there is a host account; a browser has none (K-03). Default `true`. */
  canLink?: boolean;
  /** Why the host may give no code. Default: it is offline. */
  loginRefusals?: readonly FailureKind[];
}

function begin(
  { isSignedIn, canLink = true, loginRefusals = ['offline'] }: Circumstances,
  inspect: (event: InspectionEvent) => void,
): LinkingRun {
  codes = 0;
  sent = [];
  deeds = [];
  let lastTap: Tap | null = null;
  const { clock, moves: timerMoves, delays } = createChosenClock();
  const input = { timing: defaultTiming, isSignedIn, withUnionId: true, canLink };
  const actor = createActor(machine, { input, clock, inspect }).start();
  const events: Record<Tap, AccountLinkingEvent> = {
    REGISTER: { type: 'REGISTER', credentials },
    SIGN_IN: { type: 'SIGN_IN', credentials },
    LINK: { type: 'LINK' },
    OVERWRITE: { type: 'OVERWRITE' },
    CANCEL: { type: 'CANCEL' },
  };
  const tap = (name: Tap) => () => {
    if (actor.getSnapshot().can(events[name])) {
      lastTap = name;
      deeds = [];
    }
    actor.send(events[name]);
  };
  return {
    actor,
    lastTap: () => lastTap,
    moves: () => ({
      ...timerMoves(),
      ...calls.moves(verdicts),
      ...(isAsking && {
        'code given': () => {
          codes += 1;
          answerCode?.({ type: 'CODE.GIVEN', code: secret(`code-${codes}`) });
        },
        ...Object.fromEntries(
          loginRefusals.map((kind) => [
            kind === 'offline' ? 'code refused' : `code refused: ${kind}`,
            () => answerCode?.({ type: 'CODE.REFUSED', failure: new Failure(kind) }),
          ]),
        ),
      }),
      ...(actor.getSnapshot().status === 'active' && {
        'user came': () => tellUser({ type: 'USER.CAME' }),
        'user left': () => tellUser({ type: 'USER.LEFT' }),
      }),
      ...(actor.getSnapshot().status === 'active' && Object.fromEntries(PERSON.map((name) => [name, tap(name)]))),
    }),
    key() {
      const { value, context, status } = actor.getSnapshot();
      const { retried, overwrite, failure, isSignedIn } = context;
      return JSON.stringify([
        value,
        status,
        retried,
        overwrite,
        failure?.kind,
        isSignedIn,
        context.user !== null,
        calls.names(),
        delays(),
        isAsking,
        lastTap,
      ]);
    },
  };
}

const snapshotOf = (run: Run) => run.actor.getSnapshot();

/** What has to be out, and nothing else, while the flow is in this state. */
const OUT: Record<string, { calls: string[]; isAsking: boolean; holdsKey: boolean }> = {
  registering: { calls: ['register'], isAsking: false, holdsKey: false },
  signingIn: { calls: ['passwordSignIn'], isAsking: false, holdsKey: false },
  'attempting.takingCode': { calls: [], isAsking: true, holdsKey: true },
  'attempting.linking': { calls: ['link'], isAsking: false, holdsKey: true },
};
const NOTHING_OUT = { calls: [], isAsking: false, holdsKey: false };

function nameOf(run: Run): string {
  const { value } = snapshotOf(run);
  return typeof value === 'string' ? value : Object.entries(value).flat().join('.');
}

function complaintAbout(run: LinkingRun): string | null {
  const { status, error } = snapshotOf(run);
  return status === 'error' ? String(error) : (aboutWaits(run) ?? aboutDeeds(run) ?? aboutEnd(run));
}

/** Nobody waits for nothing, and nothing is out that nobody waits for. */
function aboutWaits(run: LinkingRun): string | null {
  const name = nameOf(run);
  const isBusy = snapshotOf(run).hasTag('busy');
  if (isBusy === snapshotOf(run).hasTag('settled')) return `${name} is both busy and at rest, or neither`;
  if (isBusy !== name in OUT) return `${name} is busy, or is not, against what is known of it`;
  const out = { calls: calls.names(), isAsking, holdsKey: answerCode !== null };
  if (JSON.stringify(out) !== JSON.stringify(OUT[name] ?? NOTHING_OUT))
    return `in ${name} is out: ${JSON.stringify(out)}`;
  const timers = Object.keys(run.moves()).filter((move) => move.startsWith('timer'));
  return timers.length === (isBusy ? 1 : 0) ? null : `${timers.length} timers in ${name}`;
}

function aboutDeeds(run: LinkingRun): string | null {
  const tap = run.lastTap();
  const links = deeds.flatMap((deed) => (deed.deed === 'link' ? [deed.input] : []));
  if (new Set(sent).size !== sent.length) return 'a code was sent twice';
  if (links.length > 2) return `one tap sent ${links.length} codes`;
  if (links.some(({ overwrite }) => overwrite !== (tap === 'OVERWRITE'))) return 'not what the person agreed to';
  if (links.some(({ withUnionId }) => !withUnionId)) return 'the union id does not count any more';

  const order = deeds.map(({ deed }) => deed);
  const adopted = deeds.flatMap((deed) => (deed.deed === 'adopt' ? [deed.session] : []));
  if (order.includes('ask') && !snapshotOf(run).context.canLink)
    return 'asked for a code where there is no host account';
  if (order.includes('ask') && adopted.length !== (tap === 'REGISTER' || tap === 'SIGN_IN' ? 1 : 0))
    return `asked for a code with ${adopted.length} sessions adopted`;
  if (adopted.length > 0 && order.includes('ask') && order.indexOf('adopt') > order.indexOf('ask'))
    return 'asked for a code before adopting';
  if (adopted.some((session) => session !== fresh)) return 'adopted something else';
  const typed = deeds.flatMap((deed) => ('input' in deed && 'password' in deed.input ? [deed.input] : []));
  return typed.some((input) => input !== credentials) ? 'sent what nobody typed' : null;
}

function aboutEnd(run: LinkingRun): string | null {
  const name = nameOf(run);
  const { context, status, output } = snapshotOf(run);
  if (context.code !== null && name !== 'attempting.linking') return 'a code is kept after its use';
  if (holds(context, [credentials.name, credentials.password, fresh.token]))
    return 'the context keeps a name, a password or a token';
  if (context.isSignedIn && name === 'choosing.undecided') return 'asks a user for a password';
  if (name === 'signedIn' && (context.canLink || !context.isSignedIn))
    return 'is done with nobody signed in, or too early';
  if (context.user !== null && name !== 'signedIn') return `remembers a user in ${name}`;
  if (!context.isSignedIn && ASKING_A_USER.includes(name)) return `asks in ${name}, where nobody is signed in`;
  if (status === 'done' && output.wasLinked !== (name === 'alreadyLinked')) return `ended in ${name}`;
  if (!context.isSignedIn && name === 'choosing.failed' && context.failure) return null;
  return isNamedAfter(name, context.failure?.kind) ? null : `${context.failure?.kind} ended in ${name}`;
}

const ASKING_A_USER = ['unlinked', 'occupied', 'linkedElsewhere'];

const BY_KIND: Partial<Record<FailureKind, string>> = {
  'name-taken': 'choosing.nameTaken',
  'phone-taken': 'choosing.phoneTaken',
  'password-wrong': 'choosing.passwordWrong',
  'password-too-weak': 'choosing.passwordTooWeak',
  'linked-elsewhere': 'linkedElsewhere',
  'link-occupied': 'occupied',
  'rate-limited': 'choosing.failed',
  'token-rejected': 'choosing.failed',
  unregistered: 'choosing.failed',
  'account-changed': 'choosing.failed',
  'anonymous-user': 'choosing.failed',
};

function isNamedAfter(name: string, kind: FailureKind | undefined): boolean {
  if (kind === undefined) return !Object.values(BY_KIND).includes(name) && name !== 'choosing.failed';
  return BY_KIND[kind] === undefined
    ? ['choosing.failed', 'unlinked', 'occupied'].includes(name)
    : BY_KIND[kind] === name;
}

function holds(value: unknown, secrets: readonly Secret[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return secrets.some((one) => one === value) || Object.values(value).some((part) => holds(part, secrets));
}

function explore(circumstances: Circumstances) {
  const map = createMap();
  const marksOf = (run: Run) => [
    ...(snapshotOf(run).hasTag('settled') ? ['settled'] : []),
    ...(['linked', 'alreadyLinked', 'signedIn'].includes(nameOf(run)) ? ['finished'] : []),
  ];
  const found = walk(machine, (inspect) => map.chart(begin(circumstances, inspect), marksOf), complaintAbout);
  return { found, map };
}

describe('account linking', () => {
  const asStranger = explore({ isSignedIn: false });
  const asUser = explore({ isSignedIn: true });
  const inBrowser = explore({ isSignedIn: false, canLink: false });
  const inBrowserAsUser = explore({ isSignedIn: true, canLink: false });
  const all = [asStranger, asUser, inBrowser, inBrowserAsUser].map(({ found }) => found);

  it('takes every declared transition; sends no code twice, waits for nothing that is not out, and adopts before it links (G-01, G-09, G-18, G-19)', () => {
    expect(all.flatMap(({ complaints }) => complaints.slice(0, 5))).toEqual([]);
    const inAll = asStranger.found.leftOut.filter((label) => all.every(({ leftOut }) => leftOut.includes(label)));
    expect(inAll).toEqual([]);
    expect(asStranger.found.states).toBeGreaterThan(50);
  });

  it.each([
    ['stranger', asStranger.map],
    ['user', asUser.map],
    ['stranger in a browser', inBrowser.map],
    ['user in a browser', inBrowserAsUser.map],
  ])('comes to rest by its timers alone, and by CANCEL alone, wherever a %s is in it (G-09)', (_, map) => {
    expect(map.strandedFrom('settled', (move) => move.startsWith('timer'))).toEqual([]);
    expect(map.strandedFrom('settled', (move) => move === 'CANCEL')).toEqual([]);
  });

  it.each([
    ['stranger', asStranger.map],
    ['user', asUser.map],
    ['stranger in a browser', inBrowser.map],
    ['user in a browser', inBrowserAsUser.map],
  ])('leaves no %s where the host account cannot be linked any more (G-18, G-19)', (_, map) => {
    expect(map.strandedFrom('finished', () => true)).toEqual([]);
  });
});

describe('account linking on Baidu', () => {
  const host = { canLink: abilitiesOnBaidu().login, loginRefusals: refusalsOnBaidu('login') };
  const walks = [true, false].map((isSignedIn) => explore({ ...host, isSignedIn }));

  it('takes every declared transition, but for those of a host that cannot log in; nobody is left behind, also signed out of Baidu (B-01, G-09, G-18, G-19)', () => {
    expect(host.loginRefusals).toContain('host-signed-out');
    expect(walks.flatMap(({ found }) => found.complaints.slice(0, 5))).toEqual([]);
    const [asUser = [], asStranger = []] = walks.map(({ found }) => found.leftOut);
    expect(asUser.filter((label) => asStranger.includes(label))).toEqual([
      'accountLinking.deciding on always (1) to #accountLinking.signedIn',
      'accountLinking.choosing on USER.CAME (1) to #accountLinking.signedIn',
      'accountLinking.registering on xstate.done.actor.0.accountLinking.registering (1) to #accountLinking.signedIn',
      'accountLinking.signingIn on xstate.done.actor.0.accountLinking.signingIn (1) to #accountLinking.signedIn',
      'accountLinking.signedIn on USER.LEFT (1) to #accountLinking.choosing',
    ]);
    expect(walks.flatMap(({ map }) => map.strandedFrom('finished', () => true))).toEqual([]);
  });
});

describe('account linking, story by story', () => {
  const tell = (isSignedIn: boolean, ...path: string[]) => tellOf({ isSignedIn }, ...path);
  const tellInBrowser = (isSignedIn: boolean, ...path: string[]) => tellOf({ isSignedIn, canLink: false }, ...path);

  function tellOf(circumstances: Circumstances, ...path: string[]) {
    const run = begin(circumstances, () => {});
    for (const name of path) {
      const move = run.moves()[name];
      if (!move) throw new Error(`"${name}" is not possible; these are: ${Object.keys(run.moves()).join(', ')}`);
      move();
    }
    return { name: nameOf(run), ...snapshotOf(run) };
  }

  it('registers, adopts the session, links, and answers with the user (G-18)', () => {
    expect(tell(false, 'REGISTER', 'register: session', 'code given', 'link: linked')).toMatchObject({
      name: 'linked',
      output: { user, wasLinked: false },
    });
    expect(deeds.map(({ deed }) => deed)).toEqual(['register', 'adopt', 'ask', 'link']);
  });

  it('asks whoever is signed in for no password', () => {
    expect(tell(true, 'LINK', 'code given', 'link: linked before').name).toBe('alreadyLinked');
    expect(deeds.map(({ deed }) => deed)).toEqual(['ask', 'link']);
  });

  it('takes one more code unasked where the first was refused, and no third (G-01)', () => {
    const once = ['LINK', 'code given', 'link: code-rejected', 'code given'];
    expect(tell(true, ...once, 'link: linked').name).toBe('linked');
    const twice = tell(true, ...once, 'link: code-rejected');
    expect([twice.name, twice.context.failure.kind]).toEqual(['unlinked', 'code-rejected']);
  });

  it('overwrites with a new code, and only once the person has said so (G-01, G-19)', () => {
    const refused = ['LINK', 'code given', 'link: link-occupied'];
    expect(tell(true, ...refused).name).toBe('occupied');
    expect(tell(true, ...refused, 'CANCEL').name).toBe('unlinked');
    expect(tell(true, ...refused, 'OVERWRITE', 'code given', 'link: linked').name).toBe('linked');
    const sent = deeds.flatMap((deed) => (deed.deed === 'link' ? [deed.input] : []));
    expect(sent.map(({ code, overwrite }) => [code.reveal(), overwrite])).toEqual([['code-2', true]]);
  });

  it('keeps the answer to the question where overwriting fails on the way', () => {
    const path = ['LINK', 'code given', 'link: link-occupied', 'OVERWRITE', 'code given', 'link: offline'];
    expect(tell(true, ...path).name).toBe('occupied');
  });

  it.each([
    ['offline', ['code refused']],
    ['cancelled', ['CANCEL']],
    ['timeout', ['timer 1 fires (30000 ms)']],
    ['timeout', ['code given', 'timer 1 fires (15000 ms)']],
    ['cancelled', ['code given', 'CANCEL']],
    ['busy', ['code given', 'link: busy']],
  ])('needs no password again after linking has ended by %s: %j (G-09)', (kind, end) => {
    const path = ['SIGN_IN', 'passwordSignIn: session', ...end];
    const { name, context } = tell(false, ...path);
    expect([name, context.failure.kind]).toEqual(['unlinked', kind]);
    expect(tell(false, ...path, 'LINK', 'code given', 'link: linked').name).toBe('linked');
  });

  it.each(['REGISTER', 'SIGN_IN'])('says of %s why it came to nothing where nobody answered (G-09)', (tap) => {
    for (const [kind, end] of [
      ['cancelled', 'CANCEL'],
      ['timeout', 'timer 1 fires (15000 ms)'],
    ] as const) {
      const { name, context } = tell(false, tap, end);
      expect([name, context.failure.kind]).toEqual(['choosing.failed', kind]);
    }
  });

  it('asks for a password again where the session is over, and links with the new one', () => {
    const over = ['LINK', 'code given', 'link: token-rejected'];
    expect(tell(true, ...over).name).toBe('choosing.failed');
    const again = ['SIGN_IN', 'passwordSignIn: session', 'code given', 'link: linked'];
    expect(tell(true, ...over, ...again).name).toBe('linked');
  });

  it.each(['token-rejected', 'cancelled', 'unregistered', 'account-changed', 'anonymous-user'])(
    'does not try again with a session of which the server says %s',
    (kind) => expect(tell(true, 'LINK', 'code given', `link: ${kind}`).name).toBe('choosing.failed'),
  );

  it('asks for no password where somebody comes by another way, and for one where they leave', () => {
    expect(tell(false, 'user came').name).toBe('unlinked');
    expect(tell(false, 'user came', 'LINK', 'code given', 'link: linked').name).toBe('linked');
    expect(tell(true, 'user left').name).toBe('choosing.undecided');
    expect(tell(true, 'LINK', 'user left', 'code refused').name).toBe('choosing.failed');
    expect(tell(true, 'LINK', 'code given', 'link: linked-elsewhere', 'user left').name).toBe('choosing.undecided');
    expect(tell(true, 'LINK', 'code given', 'link: link-occupied', 'user left').name).toBe('choosing.undecided');
  });

  it('links without a password after a session was only renewed', () => {
    const path = ['LINK', 'code given', 'link: token-rejected', 'LINK', 'code given', 'link: linked'];
    expect(tell(true, ...path).name).toBe('linked');
  });

  it('ignores a second tap while the first is being answered', () => {
    expect(tell(false, 'REGISTER', 'REGISTER', 'SIGN_IN', 'LINK').name).toBe('registering');
    expect(deeds.map(({ deed }) => deed)).toEqual(['register']);
  });

  it.each([
    ['REGISTER', 'register', 'password-too-weak'],
    ['SIGN_IN', 'passwordSignIn', 'password-wrong'],
  ])('has nothing left to do after %s where there is no host account to link (K-03)', (tap, call, refusal) => {
    const { name, context } = tellInBrowser(false, tap, `${call}: ${refusal}`, tap, `${call}: session`);
    expect([name, context.user, context.failure]).toEqual(['signedIn', user, null]);
    expect(deeds.map(({ deed }) => deed)).toEqual([call, 'adopt']);
  });

  it('asks nobody who is signed in for anything where there is no host account to link, until they leave (K-03)', () => {
    expect(tellInBrowser(true, 'LINK').name).toBe('signedIn');
    expect(tellInBrowser(false, 'user came').name).toBe('signedIn');
    expect(tellInBrowser(false, 'REGISTER', 'register: session', 'user left')).toMatchObject({
      name: 'choosing.undecided',
      context: { user: null },
    });
  });

  it('fails by the name of the effect that nobody has provided', () => {
    const input = { timing: defaultTiming, isSignedIn: true, withUnionId: false, canLink: true };
    const actor = createActor(accountLinking, { input });
    let failure: unknown;
    actor.subscribe({ error: (error) => (failure = error) });
    actor.start();
    expect(String(failure)).toContain('"watchUser"');
  });
});
