import { accountLinking } from '../../../machines/account-linking.js';
import { type Answers, failsWith, gives, type Reading, type Stage } from '../../../testing/index.js';
import { linkingReads } from '../flows/linking.js';
import { sessionOfAnother, sessionOfSame } from './app-people.js';
import { createPage } from './page.js';
import type { MakePart } from './part.js';

export const linkingAnswers: Answers = {
  register: { 'a session': gives(sessionOfAnother), ...failsWith('name-taken') },
  passwordSignIn: {
    'the same user': gives(sessionOfSame),
    'another user': gives(sessionOfAnother),
    ...failsWith('password-wrong'),
  },
  link: {
    'it is linked': gives((stage: Stage) => ({ user: sessionOfSame(stage).user, wasLinked: false })),
    ...failsWith('link-occupied', 'code-rejected', 'token-rejected', 'unavailable'),
  },
};

/** The reasons for which a form is shown again make no difference to it. */
export const linkingReading: Reading = {
  ...linkingReads,
  machineId: accountLinking.id,
  place: (snapshot) => (snapshot.matches('choosing') ? 'choosing' : snapshot.value),
};

/** A form to register or to sign in, and the button that links. */
export const linkingPart: MakePart = ({ stage, core }) => {
  const page = createPage(stage, 'linking', () => core.auth.linking());
  const login = () => ({ username: stage.secret('name').reveal(), password: stage.secret('password').reveal() });
  return {
    moves: () =>
      page.moves((flow) => ({
        'linking: the person registers': () => flow.register(login()),
        'linking: the person signs in': () => flow.signIn(login()),
        'linking: the person links': () => flow.link(),
        'linking: the person agrees to overwrite': () => flow.overwrite(),
      })),
    open: page.open,
    ending: page.ending,
    identity: () => page.flow !== null,
  };
};
