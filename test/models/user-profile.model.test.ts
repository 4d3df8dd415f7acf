import { describe, expect, it } from 'vitest';
import { createActor, fromCallback } from 'xstate';
import type { LeaseEvent } from '../../machines/lease.js';
import { fromTask } from '../../machines/task.js';
import { defaultTiming } from '../../machines/timing.js';
import type { ProfileQuestion } from '../../machines/user-profile.js';
import { Failure, type FailureKind } from '../../ports/failure.js';
import { abilitiesOnBaidu, refusalsOnBaidu } from './baidu.js';
import {
  begin,
  calls,
  failures,
  type HostAnswers,
  machine,
  type Part,
  type ProfileRun,
  plain,
  REFUSALS,
  sealed,
  signed,
  user,
  usual,
  verdicts,
  world,
} from './user-profile.world.js';
import { declaredTransitions, walk } from './walk.js';

const getUserInfo: Part = { way: 'getUserInfo' };
const avatarNickname: Part = { way: 'avatarNickname' };
const unsigned: Part = { isSigned: false };
/** Nobody is signed in. */
const newcomer: Part = { way: 'getUserInfo', isSignedIn: false };

const worlds: Record<string, Part> = {
  'getUserProfile, signed': {},
  'getUserProfile below 2.16.0': unsigned,
  getUserInfo,
  avatarNickname,
  'no way at all': { way: null, canChooseAvatar: false },
  'getUserInfo, nobody signed in': newcomer,
  'avatarNickname, and the user leaves': { ...avatarNickname, isSignedIn: true },
  'getUserInfo, and no picture can be chosen': { way: 'getUserInfo', canChooseAvatar: false },
};

function complaintOf({ snapshot, last, wasYes, moves }: ProfileRun): string | null {
  const now = snapshot();
  const { profile, code, avatar } = now.context;
  if (now.status !== 'active') return `the chart broke: ${now.error}`;
  if (world.faults.length > 0) return world.faults.join(', ');

  const isBusy = now.hasTag('busy');
  const isSettled = now.hasTag('settled');
  if (!isBusy && !isSettled && !now.hasTag('askable')) return 'a state that says nothing to a view';
  if (isBusy && !Object.keys(moves()).some((name) => name.startsWith('timer'))) return 'nothing ends this wait';
  if (last === 'CANCEL' && !isSettled) return 'not cancelled';
  const isUnderWay = now.matches('asking') || (now.matches('finishing') && !isSettled);
  if (isUnderWay && (now.context.user || now.context.failure)) return 'what came of the last time is still told';
  if (now.context.user && now.context.failure) return 'both a user and a failure';

  const isForm = now.matches('form');
  const isIdle = isForm || now.matches('atRest');
  if (isIdle && /proving|taking|kept/.test(world.stage)) return `the lease is not given back: ${world.stage}`;
  if (isForm && world.stage !== 'free') return 'the form holds a lease';
  if (isIdle && (profile || code)) return 'an answer is kept after its time';

  if (calls.names().length > 1) return `several calls at once: ${calls.names()}`;
  if (calls.names().includes('setHostProfile')) {
    if (!profile || profile.isAnonymous) return 'a stand-in is stored';
    if (profile.signed && world.stage !== 'kept') return 'sent while the key may be replaced';
  }
  if (calls.names().includes('signIn') && world.stage !== 'kept') return 'signing in while the key may be replaced';
  if (calls.names().includes('uploadAvatar') && avatar?.url !== null) return 'uploaded twice';

  const isHeard = now.matches('finishing') || isForm || now.matches({ atRest: { outcome: 'tapAgain' } });
  return wasYes && !isHeard ? 'a yes is lost' : null;
}

it('takes every declared transition of the profile, loses no yes, and gives the key back (G-03, G-09, G-15, G-17)', {
  timeout: 60_000,
}, () => {
  const found = Object.entries(worlds).map(([name, part]) => ({
    name,
    ...walk(machine, (inspect) => begin(part, inspect), complaintOf),
  }));
  expect(found.flatMap(({ name, complaints }) => complaints.slice(0, 5).map((line) => `${name}: ${line}`))).toEqual([]);
  const [first, ...others] = found.map(({ leftOut }) => leftOut);
  expect(first?.filter((label) => others.every((leftOut) => leftOut.includes(label)))).toEqual([]);
  expect(found.reduce((sum, { states }) => sum + states, 0)).toBeGreaterThan(300);
});

it('takes every declared transition of the profile that Baidu can take: by its button, or a name typed in (B-01, B-05, G-03)', {
  timeout: 60_000,
}, () => {
  const onBaidu: HostAnswers = {
    verdicts: {
      ...verdicts,
      isUserInfoAllowed: {
        yes: { value: true },
        no: { value: false },
        ...failures(...refusalsOnBaidu('isUserInfoAllowed')),
      },
      getUserInfo: { profile: { value: sealed }, ...failures(...refusalsOnBaidu('getUserInfo')) },
    },
    buttonRefusals: refusalsOnBaidu('readUserInfo'),
    loginRefusals: refusalsOnBaidu('login'),
    // There is no review of names, and no picture to choose (W-11, W-12).
    form: /^(name typed|submit)/,
  };
  const { profileWays, signedProfile: isSigned } = abilitiesOnBaidu();
  expect(profileWays).toEqual(['getUserInfo']);
  const found = (['getUserInfo', null] as const).map((way) =>
    walk(
      machine,
      (inspect) => begin({ way, isSigned, canChooseAvatar: false, isSignedIn: false }, inspect, onBaidu),
      complaintOf,
    ),
  );
  expect(found.flatMap(({ complaints }) => complaints.slice(0, 5))).toEqual([]);
  const [byButton = [], without = []] = found.map(({ leftOut }) => leftOut);
  const leftOut = byButton.filter((label) => without.includes(label));
  // Everything of getUserProfile, its sheet and its key, and of stand-ins (B-05, B-06).
  const ofSheets =
    /SHEET|[jJ]udgingStandIn|^userProfile\.(asking|atRest\.offer\.(preparing|ready|unready|makingReady|open)|finishing\.work\.proving)\b|to #userProfile\.atRest\.offer\.(preparing|open)$/;
  const declared = [...declaredTransitions(machine).values()];
  expect(leftOut.sort()).toEqual(
    [
      ...declared.filter((label) => ofSheets.test(label)),
      'userProfile.choosing on always (1) to #userProfile.form',
      'judging on always (4) to #userProfile.atRest.outcome.privacyRefused',
      'judging on always (5) to #userProfile.atRest.outcome.privacyUndeclared',
      'userProfile.form.editing on AVATAR.CHOSEN (1) to #userProfile.form.editing.open',
      'userProfile.form.editing on NICKNAME.REVIEWED (1) to nowhere',
      'userProfile.form.editing on FORM.SUBMITTED (1) to #userProfile.form.editing.nicknameRejected',
      'userProfile.form.editing on FORM.SUBMITTED (3) to #userProfile.finishing.work.uploadingAvatar',
      'userProfile.finishing.work.gettingUserInfo on xstate.done.actor.0.userProfile.finishing.work.gettingUserInfo (1) to #userProfile.finishing.work.returning',
      'userProfile.finishing.work.uploadingAvatar on xstate.done.actor.0.userProfile.finishing.work.uploadingAvatar (1) to #userProfile.finishing.work.savingForm',
      'userProfile.finishing.work.uploadingAvatar on xstate.error.actor.0.userProfile.finishing.work.uploadingAvatar (1) to #userProfile.finishing.work.returning',
      'userProfile.finishing.work.uploadingAvatar on xstate.after.uploadTimeout.userProfile.finishing.work.uploadingAvatar (1) to #userProfile.finishing.work.returning',
    ].sort(),
  );
});

/** What came of the last time; `undefined` while it is not over. */
function outcome({ snapshot }: ProfileRun) {
  const { value } = snapshot();
  return typeof value === 'object' && 'atRest' in value ? value.atRest?.outcome : undefined;
}

describe('the sheet', () => {
  it('comes after the login, both inside the tap, whichever ends first (W-07, G-10)', () => {
    for (const ends of [
      ['proved by code', 'sheet: yes'],
      ['sheet: yes', 'proved by code'],
    ]) {
      const run = begin({ sync: 'overwrite' });
      run.do('key ready', 'tap');
      expect(world.log).toEqual(['PREPARE', 'PROVE', 'getUserProfile']);
      run.do(...ends);
      expect(world.inputs).toEqual([
        { name: 'setHostProfile', input: { profile: signed, code: expect.anything(), sync: 'overwrite' } },
      ]);
      run.do('setHostProfile: kept');
      expect(outcome(run)).toBe('saved');
      expect(run.snapshot().context).toMatchObject({ user, failure: null });
      expect(world.log.at(-1)).toBe('PREPARE');
    }
  });

  it('goes without a code where the server holds the key, and without any login below 2.16.0 (W-06)', () => {
    const run = begin({});
    run.do('key ready', 'tap', 'proved by the server’s key', 'sheet: yes');
    expect(world.inputs).toEqual([{ name: 'setHostProfile', input: { profile: signed, code: null, sync: 'setnx' } }]);

    begin(unsigned).do('tap', 'sheet: yes');
    expect(world.log).toEqual(['FREE', 'getUserProfile', 'FREE', 'setHostProfile']);
    expect(world.inputs).toEqual([{ name: 'setHostProfile', input: { profile: plain, code: null, sync: 'setnx' } }]);
  });

  it('gives the key back where the host signed nothing after all: a renewal on the way would wait for it (G-03, G-05)', () => {
    const run = begin({});
    run.do('key ready', 'tap', 'proved by code');
    world.tell({ type: 'SHEET.ALLOWED', question: 1, profile: plain });
    expect(world.log.slice(-2)).toEqual(['FREE', 'setHostProfile']);
    expect(world.inputs).toEqual([{ name: 'setHostProfile', input: { profile: plain, code: null, sync: 'setnx' } }]);
  });

  it('is saved in the very stack of the tap, where everybody answers in it (G-10)', () => {
    const eager = machine.provide({
      actors: {
        lease: fromCallback<LeaseEvent>(({ receive, sendBack }) => {
          receive(({ type }) => {
            if (type === 'PREPARE') sendBack({ type: 'KEY.READY' });
            if (type === 'PROVE') sendBack({ type: 'KEY.PROVED', code: null });
          });
        }),
        getUserProfile: fromCallback<ProfileQuestion>(({ receive, sendBack }) => {
          receive(({ question }) => sendBack({ type: 'SHEET.ALLOWED', question, profile: signed }));
        }),
        setHostProfile: fromTask(() => user),
      },
    });
    const actor = createActor(eager, { input: usual }).start();
    for (let tap = 0; tap < 2; tap += 1) {
      actor.send({ type: 'PROFILE.ASKED' });
      expect(actor.getSnapshot().value).toEqual({ atRest: { outcome: 'saved', offer: 'ready' } });
    }
    actor.stop();
  });

  it('is not asked for before the key is ready, and again only after it is ready anew (G-03)', () => {
    const run = begin({});
    run.do('tap');
    expect(world.log).toEqual(['PREPARE']);
    run.do('key ready', 'key lost', 'tap');
    expect(world.log).toEqual(['PREPARE']);
    run.do('key ready', 'tap');
    expect(world.log).toEqual(['PREPARE', 'PROVE', 'getUserProfile']);
  });

  it('says so when the key cannot be made ready, and a tap makes it ready again (G-09)', () => {
    const run = begin({});
    run.do('tap', `timer 1 fires (${defaultTiming.code} ms)`);
    expect(outcome(run)).toBe('timedOut');
    expect(world.log).toEqual(['PREPARE', 'FREE']);
    run.do('tap', 'login refused');
    expect(outcome(run)).toBe('offline');
    run.do('tap', 'key ready');
    expect(outcome(run)).toBe('tapAgain');
    run.do('tap');
    expect(world.log.slice(-2)).toEqual(['PROVE', 'getUserProfile']);
  });

  it('waits for the person for ever, and for nothing else (G-09, G-15)', () => {
    const run = begin({});
    const hasTimer = () => Object.keys(run.moves()).some((name) => name.startsWith('timer'));
    run.do('key ready', 'tap', 'proved by code');
    expect(hasTimer()).toBe(false);
    run.do('sheet: yes');
    expect(hasTimer()).toBe(true);
    run.do(`timer 1 fires (${defaultTiming.exchange} ms)`);
    expect(outcome(run)).toBe('timedOut');
  });

  it('ends with the login’s reason where the login fails', () => {
    const run = begin({});
    run.do('key ready', 'tap', 'login refused');
    expect(outcome(run)).toBe('offline');
    expect(world.log.at(-1)).toBe('PREPARE');
  });

  it.each<FailureKind>(['key-stale', 'code-rejected'])(
    'after %s asks for one more tap, once in a row (G-03, G-20)',
    (kind) => {
      const run = begin({});
      const attempt = () => run.do('key ready', 'tap', 'proved by code', 'sheet: yes', `setHostProfile: ${kind}`);
      attempt();
      expect(outcome(run)).toBe('tapAgain');
      attempt();
      expect(outcome(run)).toBe('failed');
      run.do('key ready', 'tap', 'proved by code', 'sheet: yes', 'setHostProfile: kept');
      attempt();
      expect(outcome(run)).toBe('tapAgain');
    },
  );

  it('rests in a state of its own after each refusal, and is asked again only by a tap (G-11, G-12, G-13)', () => {
    const states: [FailureKind, string, boolean][] = [
      ['denied', 'denied', true],
      ['privacy-refused', 'privacyRefused', true],
      ['privacy-undeclared', 'privacyUndeclared', true],
      ['not-permitted', 'notPermitted', true],
      ['unsupported', 'unsupported', true],
      ['busy', 'failed', false],
    ];
    expect(states.map(([kind]) => kind)).toEqual(REFUSALS);
    for (const [kind, state, isOtherWay] of states) {
      const run = begin(unsigned);
      run.do('tap', `sheet: ${kind}`);
      expect(outcome(run)).toBe(state);
      expect([state, run.snapshot().hasTag('otherWay')]).toEqual([state, isOtherWay]);
      expect(run.snapshot().context).toMatchObject({ user: null, failure: { kind } });
      expect(world.log.filter((name) => name === 'getUserProfile')).toHaveLength(1);
      run.do('tap');
      expect(world.log.filter((name) => name === 'getUserProfile')).toHaveLength(2);
    }
    const run = begin(unsigned);
    run.do('tap', 'sheet: yes', 'setHostProfile: profile-updates-off');
    expect(outcome(run)).toBe('updatesOff');
  });
});

describe('a second tap while the sheet is open', () => {
  it('asks anew without another login, and the answer of either is sent once (G-03, G-15)', () => {
    for (const [yes, later] of [
      ['sheet: yes', 'older sheet 1: yes'],
      ['older sheet 1: yes', 'sheet: yes'],
    ] as const) {
      const run = begin({});
      run.do('key ready', 'tap', 'tap');
      expect(world.log).toEqual(['PREPARE', 'PROVE', 'getUserProfile', 'getUserProfile']);
      run.do('proved by code', yes, later);
      expect(world.inputs.map(({ name }) => name)).toEqual(['setHostProfile']);
    }
  });

  it('leaves a yes to the older sheet its worth after a no to the newer one (G-15)', () => {
    const run = begin({});
    run.do('key ready', 'tap', 'tap', 'proved by code', 'sheet: denied');
    expect(outcome(run)).toBe('denied');
    run.do('older sheet 1: yes');
    expect(outcome(run)).toBe('tapAgain');
    expect(run.snapshot().context.failure?.kind).toBe('key-stale');

    begin(unsigned).do('tap', 'tap', 'sheet: denied', 'older sheet 1: yes');
    expect(world.inputs).toEqual([{ name: 'setHostProfile', input: { profile: plain, code: null, sync: 'setnx' } }]);
  });

  it('is not undone by a no to the older sheet, nor by a host that shows only one (G-15)', () => {
    for (const end of ['older sheet 1: denied', 'sheet: busy']) {
      const run = begin({});
      run.do('key ready', 'tap', 'tap', 'proved by code', end);
      expect(run.snapshot().matches('asking')).toBe(true);
      run.do(end === 'sheet: busy' ? 'older sheet 1: busy' : 'sheet: busy');
      expect(outcome(run)).toBe('failed');
    }
  });
});

it('forgets a sheet that the host has lost, so that a later tap’s failure is told', () => {
  const run = begin({});
  run.do('key ready', 'tap', 'tap', 'proved by code', 'sheet: denied');
  world.sheets = [];
  run.do('key ready', 'tap', 'sheet: busy');
  expect(outcome(run)).toBe('failed');
});

describe('the host’s button', () => {
  it('is needed where consent was never given, or nobody knows (W-18)', () => {
    for (const answer of [
      'isUserInfoAllowed: no',
      'isUserInfoAllowed: unknown',
      `timer 1 fires (${defaultTiming.consent} ms)`,
    ]) {
      const run = begin(getUserInfo);
      run.do(answer, 'tap');
      expect(run.snapshot().matches({ atRest: { offer: 'notAllowed' } })).toBe(true);
    }
  });

  it('decides consent only: a code is taken, then the profile, in the event’s language, and sent with it', () => {
    const run = begin({ ...getUserInfo, lang: 'zh_CN' });
    run.do('isUserInfoAllowed: no');
    run.send({ type: 'PROFILE.ALLOWED', lang: 'en' });
    run.do('code given', 'getUserInfo: profile');
    expect(world.log.slice(2)).toEqual(['TAKE', 'getUserInfo', 'setHostProfile']);
    expect(world.inputs.slice(1)).toEqual([
      { name: 'getUserInfo', input: { lang: 'en' } },
      { name: 'setHostProfile', input: { profile: signed, code: expect.anything(), sync: 'setnx' } },
    ]);
    run.do('setHostProfile: kept');
    expect(outcome(run)).toBe('saved');
    expect(world.stage).toBe('free');
  });

  it('signs in whoever allows it where nobody is signed in, by the code that proves what the host told (B-05, G-03)', () => {
    const run = begin({ ...newcomer, wish: { createUser: true, withUnionId: false } });
    run.do('isUserInfoAllowed: no', 'button: yes', 'code given', 'getUserInfo: profile');
    run.do('signIn: session');
    expect(world.log.slice(2)).toEqual(['TAKE', 'getUserInfo', 'signIn', 'bringSession', 'setHostProfile']);
    expect(world.inputs.slice(2)).toEqual([
      {
        name: 'signIn',
        input: { code: expect.anything(), createUser: true, withUnionId: false, expectedUserId: null },
      },
      {
        name: 'setHostProfile',
        input: { profile: signed, code: null, sync: 'setnx' },
      },
    ]);
    run.do('setHostProfile: kept');
    expect(outcome(run)).toBe('saved');
  });

  it('has signed the person in also where the server lets no client write profiles', () => {
    const run = begin(newcomer);
    const allow = () => run.do('button: yes', 'code given', 'getUserInfo: profile');
    run.do('isUserInfoAllowed: no');
    allow();
    run.do('signIn: session', 'setHostProfile: profile-updates-off');
    expect(outcome(run)).toBe('signedIn');
    expect(run.snapshot().context).toMatchObject({ user, failure: null });
    allow();
    run.do('setHostProfile: profile-updates-off');
    expect(outcome(run)).toBe('updatesOff');
  });

  it('says that there is no account where none was wanted, and sends no profile (G-18)', () => {
    const run = begin(newcomer);
    run.do('isUserInfoAllowed: no', 'button: yes', 'code given', 'getUserInfo: profile', 'signIn: unregistered');
    expect(outcome(run)).toBe('unregistered');
    expect(world.log).not.toContain('setHostProfile');
    expect(world.stage).toBe('free');
  });

  it('signs in whose profile did not come through, and says why beside the flow', () => {
    const run = begin(newcomer);
    run.do('isUserInfoAllowed: no', 'button: yes', 'code given', 'getUserInfo: profile', 'signIn: session');
    run.do('setHostProfile: unavailable');
    expect(outcome(run)).toBe('signedIn');
    expect(world.log).toContain('report unavailable');
    run.do('isUserInfoAllowed: no', 'button: denied');
    expect(outcome(run)).toBe('denied');
  });

  it('tells the profile of whoever has come by another way meanwhile, instead of signing in', () => {
    const run = begin(newcomer);
    run.do('isUserInfoAllowed: no', 'button: yes', 'code given', 'user came', 'getUserInfo: profile');
    expect(world.log.slice(-1)).toEqual(['setHostProfile']);
  });

  it('replaces nobody who has come while it signs in: it asks for one more tap, and leaves the session that comes late', () => {
    const run = begin(newcomer);
    run.do('isUserInfoAllowed: no', 'button: yes', 'code given', 'getUserInfo: profile', 'user came');
    expect(outcome(run)).toBe('tapAgain');
    expect(calls.names()).not.toContain('signIn');
    expect(world.log).not.toContain('bringSession');
  });

  it('keeps nothing for whoever has left meanwhile, and never signs them in again (G-06)', () => {
    for (const path of [[], ['code given'], ['code given', 'getUserInfo: profile']]) {
      const run = begin({ ...getUserInfo, isSignedIn: true });
      run.do('isUserInfoAllowed: no', 'button: yes', ...path, 'user left');
      expect([outcome(run), run.snapshot().context.failure?.kind]).toEqual(['failed', 'account-changed']);
      const signedOut = begin({ ...getUserInfo, isSignedIn: true });
      signedOut.do('isUserInfoAllowed: no', 'button: yes', ...path, 'CANCEL', 'user left');
      expect(outcome(signedOut)).toBe('idle');
      expect(world.log).not.toContain('signIn');
    }
  });

  it('gives way to a plain tap once it was answered with a yes, and rests at a no (W-18, G-12)', () => {
    begin(getUserInfo).do('isUserInfoAllowed: yes', 'tap');
    expect(world.log.at(-1)).toBe('TAKE');

    const run = begin(getUserInfo);
    run.do('isUserInfoAllowed: no', 'button: denied');
    expect(outcome(run)).toBe('denied');
    expect(run.snapshot().hasTag('otherWay')).toBe(true);
  });
});

describe('the form', () => {
  const start = () => begin(avatarNickname);
  const hint = (run: ProfileRun) => {
    const { value } = run.snapshot();
    return JSON.stringify(value);
  };
  const hinted = (name: string) => JSON.stringify({ form: { editing: name } });

  it('takes the place of a stand-in, which is never sent (W-08)', () => {
    const paths: [Part, string[]][] = [
      [{}, ['key ready', 'tap', 'proved by code', 'sheet: stand-in']],
      [{}, ['key ready', 'tap', 'sheet: stand-in']],
      [unsigned, ['tap', 'sheet: stand-in']],
      [getUserInfo, ['isUserInfoAllowed: yes', 'tap', 'code given', 'getUserInfo: stand-in']],
    ];
    for (const [part, path] of paths) {
      const run = begin(part);
      run.do(...path);
      expect(hint(run)).toBe(hinted('anonymous'));
      expect(run.snapshot().hasTag('otherWay')).toBe(true);
      expect(world.log).not.toContain('setHostProfile');
      expect(world.log.at(-1)).toBe('FREE');
      run.do('CANCEL', 'tap');
      expect(hint(run)).toBe(hinted('open'));
    }
  });

  it('does not take its place unasked where no picture can be chosen (W-08, W-11)', () => {
    const paths: [Part, string[]][] = [
      [{}, ['key ready', 'tap', 'proved by code', 'sheet: stand-in']],
      [unsigned, ['tap', 'tap', 'sheet: denied', 'older sheet 1: stand-in']],
      [getUserInfo, ['isUserInfoAllowed: yes', 'tap', 'code given', 'getUserInfo: stand-in']],
    ];
    for (const [part, path] of paths) {
      const run = begin({ ...part, canChooseAvatar: false });
      run.do(...path);
      expect([outcome(run), run.snapshot().hasTag('otherWay'), world.stage]).toEqual(['anonymous', true, 'free']);
      run.do('tap');
      expect(outcome(run)).toBe('anonymous');
      run.do('form wanted');
      expect(hint(run)).toBe(hinted('open'));
    }
  });

  it('is another way in after a refusal, and where the host knows none (G-12, W-18)', () => {
    const refused = begin({});
    refused.do('key ready', 'tap', 'proved by code', 'sheet: denied', 'form wanted');
    expect(hint(refused)).toBe(hinted('open'));

    const run = begin({ way: null });
    expect(outcome(run)).toBe('unsupported');
    expect(run.snapshot().hasTag('otherWay')).toBe(true);
    run.do('form wanted', 'CANCEL');
    expect(outcome(run)).toBe('unsupported');
  });

  it('reads the name on submit, and sends what is there (G-22)', () => {
    const run = start();
    run.do('submit a name');
    expect(world.inputs).toEqual([
      { name: 'setProfile', input: { fields: { nickname: '小明', avatarUrl: null }, sync: 'setnx' } },
    ]);
    run.do('setProfile: kept');
    expect(run.snapshot().context).toMatchObject({ user, failure: null, nickname: null, avatar: null });
  });

  it('refuses a name that the host has rejected, but not for want of a review (W-12, G-22)', () => {
    const run = start();
    run.do('name reviewed: bad', 'submit a name');
    expect(hint(run)).toBe(hinted('nicknameRejected'));
    run.do('submit nothing');
    expect(hint(run)).toBe(hinted('nicknameRejected'));
    expect(world.inputs).toEqual([]);
    for (const review of ['name reviewed: timeout', 'name reviewed: good', 'name typed']) {
      const run = start();
      run.do('name reviewed: bad', review, 'submit a name');
      expect(world.inputs.map(({ name }) => name)).toEqual(['setProfile']);
    }
  });

  it('sends a picture though the host has cleared a rejected name (W-12)', () => {
    start().do('name reviewed: bad', 'avatar chosen', 'submit nothing');
    expect(world.inputs).toEqual([{ name: 'uploadAvatar', input: 'wxfile://tmp/a.png' }]);
  });

  it('refuses to save nothing', () => {
    const run = start();
    run.do('submit nothing');
    expect(hint(run)).toBe(hinted('empty'));
    expect(world.inputs).toEqual([]);
  });

  it('uploads a picture once, however often it is saved, and a new one anew (G-22)', () => {
    const run = start();
    run.do('avatar chosen');
    expect(run.snapshot().context.avatar).toEqual({ path: 'wxfile://tmp/a.png', url: null });
    run.do('submit a name', 'uploadAvatar: kept', 'setProfile: offline');
    expect(hint(run)).toBe(hinted('failed'));
    expect(run.snapshot().context).toMatchObject({ nickname: '小明', avatar: { url: 'https://our.example/a.png' } });
    run.do('submit nothing');
    expect(world.inputs.slice(1)).toEqual([
      {
        name: 'setProfile',
        input: { fields: { nickname: '小明', avatarUrl: 'https://our.example/a.png' }, sync: 'setnx' },
      },
      {
        name: 'setProfile',
        input: { fields: { nickname: null, avatarUrl: 'https://our.example/a.png' }, sync: 'setnx' },
      },
    ]);
    run.do('setProfile: profile-updates-off');
    expect(hint(run)).toBe(hinted('updatesOff'));
    run.do('avatar chosen', 'submit a name');
    expect(calls.names()).toEqual(['uploadAvatar']);
    run.do('uploadAvatar: avatar-refused');
    expect(hint(run)).toBe(hinted('failed'));
    expect(run.snapshot().context.failure?.kind).toBe('avatar-refused');
  });
});

describe('CANCEL', () => {
  it('drops a sign-in that was not made yet: nobody is signed in who has withdrawn', () => {
    const path = ['button: yes', 'code given', 'getUserInfo: profile'];
    for (let steps = 1; steps <= path.length; steps += 1) {
      const run = begin(newcomer);
      run.do('isUserInfoAllowed: no', ...path.slice(0, steps), 'CANCEL');
      expect(outcome(run)).toBe('idle');
      expect([calls.names().filter((name) => name !== 'isUserInfoAllowed'), world.stage]).toEqual([[], 'free']);
      expect(world.log).not.toContain('bringSession');
    }
  });

  it('drops a question that nobody has answered: a later yes is not sent (G-17)', () => {
    const run = begin({});
    run.do('key ready', 'tap', 'proved by code', 'CANCEL');
    expect(outcome(run)).toBe('idle');
    expect(run.snapshot().context.failure).toEqual(new Failure('cancelled'));
    run.do('sheet: yes');
    expect(outcome(run)).toBe('idle');
    expect(world.inputs).toEqual([]);
  });

  it('rests at once after an answer, which is finished all the same (G-17)', () => {
    const paths: [Part, string[], string[]][] = [
      [{}, ['key ready', 'tap', 'sheet: yes'], ['proved by code', 'setHostProfile: kept']],
      [{}, ['key ready', 'tap', 'proved by code', 'sheet: yes'], ['setHostProfile: kept']],
      [
        getUserInfo,
        ['isUserInfoAllowed: no', 'button: yes'],
        ['code given', 'getUserInfo: profile', 'setHostProfile: kept'],
      ],
      [avatarNickname, ['avatar chosen', 'submit a name'], ['uploadAvatar: kept', 'setProfile: kept']],
    ];
    for (const [part, path, rest] of paths) {
      const run = begin(part);
      run.do(...path, 'CANCEL');
      expect(run.snapshot().hasTag('settled')).toBe(true);
      expect(run.snapshot().context.failure?.kind).toBe('cancelled');
      run.do(...rest);
      expect(outcome(run)).toBe('saved');
      expect(run.snapshot().context).toMatchObject({ user, failure: null });
    }
  });

  it('brings nobody back to a form that was left (G-17)', () => {
    const run = begin(avatarNickname);
    run.do('submit a name', 'CANCEL', 'setProfile: offline');
    expect(outcome(run)).toBe('offline');
    run.do('tap');
    expect(run.snapshot().context.nickname).toBe('小明');
  });

  it('withdraws a tap that came too early, and gives back what it would need', () => {
    const run = begin({});
    run.do('tap', 'CANCEL');
    expect(outcome(run)).toBe('idle');
    expect(world.log).toEqual(['PREPARE', 'FREE']);
    run.do('tap');
    expect(world.log).toEqual(['PREPARE', 'FREE', 'PREPARE']);
  });

  it('leaves ready what is ready: there is nothing to withdraw', () => {
    const run = begin({});
    run.do('key ready', 'CANCEL', 'tap');
    expect(world.log).toEqual(['PREPARE', 'PROVE', 'getUserProfile']);
  });
});
