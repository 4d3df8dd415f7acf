import { describe, expect, it } from 'vitest';
import { codes } from '../../machines/codes.js';
import { session } from '../../machines/session.js';
import { silentLogin } from '../../machines/silent-login.js';
import { statesOf } from '../../storybook/chart/states.js';
import { createJournal, type Entry, pathOf } from '../../storybook/playground/journal.js';
import { createTestApp, watch } from '../support/app.js';

const second = 1000;

/** An app whose charts are followed, started, and with nobody signed in. */
async function createFollowedApp() {
  const app = createTestApp({ inspect: (event) => journal.inspect(event) });
  const journal = createJournal([session, silentLogin, codes].map(statesOf), () => app.clock.now());
  app.auth.start();
  await app.clock.advance(second);
  const started = journal.entries.length;
  const list: Entry[] = [];
  journal.onEntry((entry, place) => list.splice(place, 0, entry));
  /** What has happened since, from the oldest on. */
  const story = () =>
    journal.entries
      .slice(0, -started)
      .reverse()
      .map(({ chart, event, state }) => `${chart} ${event} → ${state}`);
  return { app, journal, list, started, story };
}

describe('the journal of the playground', () => {
  it('tells a sign-in from cause to effect', async () => {
    const { app, story } = await createFollowedApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(story()).toEqual([
      'session ENSURE → signingIn.attempting',
      'silentLogin init → attempting.takingCode',
      'codes CODE.WANTED → loggingIn',
      'session silentLogin moved → signingIn.attempting',
      'codes LOGIN.ANSWERED → resting.empty',
      'silentLogin CODE.GIVEN → attempting.exchangingCode',
      'session silentLogin moved → signingIn.attempting',
      'codes CODE.EXCHANGED → resting.empty',
      'silentLogin signIn done → signedIn',
      'codes LEASE.FREED → resting.empty',
      'session silentLogin done → signedIn',
    ]);
  });

  it('tells of each entry where it belongs, so that a list that follows has the same order', async () => {
    const { app, journal, list, started } = await createFollowedApp();
    watch(app.auth.ensure());
    await app.clock.advance(second);
    expect(list).toEqual(journal.entries.slice(0, -started));
    const times = journal.entries.map(({ at }) => at);
    expect(times).toEqual([...times].sort((one, other) => other - one));
  });

  it('says where the second silent login is, although the first is told last', async () => {
    const { app, journal, story } = await createFollowedApp();
    watch(app.auth.ensure({ withUnionId: false }));
    watch(app.auth.ensure({ withUnionId: true }));
    app.device.faults.next('login', { hang: true });
    await app.clock.advance(second);
    expect(journal.valueOf('session')).toEqual({ signingIn: 'attempting' });
    expect(journal.valueOf('silentLogin')).toEqual({ attempting: 'takingCode' });
    expect(story().slice(-7)).toEqual([
      'silentLogin signIn done → signedIn',
      'codes LEASE.FREED → resting.empty',
      'session silentLogin done → signingIn.attempting',
      'silentLogin init → attempting.takingCode',
      'codes CODE.WANTED → pausing',
      'session silentLogin moved → signingIn.attempting',
      'codes after untilNextLogin → loggingIn',
    ]);
  });

  it('shows the session as not running once the app has ended, while the owner of the codes rests', async () => {
    const { app, journal } = await createFollowedApp();
    app.auth.stop();
    expect([journal.valueOf('session'), journal.valueOf('codes')]).toEqual([null, { resting: 'empty' }]);
    expect(journal.entries[0]).toMatchObject({ event: 'stop', state: '–', stayed: false });
  });

  it('tells what a component told its page, and of that only the kind of a failure (G-23)', async () => {
    const { journal, list } = await createFollowedApp();
    journal.tell('phone-button', 'denied', 'privacy-refused');
    expect(list).toMatchObject([{ chart: '<phone-button>', event: 'denied', failure: 'privacy-refused', state: '' }]);
    expect(journal.entries[0]).toEqual(list[0]);
  });
});

describe('the path of a state', () => {
  it('joins parallel states, and names those that have none inside', () => {
    expect(pathOf({ prompt: { claimed: 'quiet' }, popups: {}, name: 'known' })).toBe(
      'prompt.claimed.quiet | popups | name.known',
    );
  });
});
