import { accountSettings } from '../../../machines/account-settings.js';
import { type Answers, failsWith, gives, type Reading, reads } from '../../../testing/index.js';
import { user } from '../flows/people.js';
import { identityOfRequests } from './hidden-requests.js';
import { createPage } from './page.js';
import type { MakePart } from './part.js';

export const settingsAnswers: Answers = {
  setAccount: { 'the user': gives(user), ...failsWith('name-taken', 'token-rejected', 'unavailable') },
};

/** However the last save ended, the form takes the next. */
export const settingsReads: Reading = reads(
  accountSettings,
  () => null,
  (snapshot) => (snapshot.matches('editable') ? 'editable' : snapshot.value),
);

/** A form for the account of whoever is signed in. */
export const settingsPart: MakePart = ({ stage, core }) => {
  const page = createPage(stage, 'settings', () => core.auth.settings());
  return {
    moves: () =>
      page.moves((flow) => ({
        'the settings form is submitted': () => flow.save({ password: stage.secret('password').reveal() }),
      })),
    open: page.open,
    ending: page.ending,
    identity: () => [page.flow !== null, identityOfRequests(core, stage)],
  };
};
