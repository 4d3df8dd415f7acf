import { type Answers, failsWith, gives } from '../../../testing/index.js';
import { identityOfRequests } from './hidden-requests.js';
import type { MakePart } from './part.js';
import { TOKEN_REJECTED } from './ports.js';

/** Two may find the same token rejected, one after the other or both at once; a third would do what the second does. */
const MOST_REQUESTS = 2;

export const requestAnswers: Answers = {
  request: {
    'an answer': gives({ status: 200, headers: {}, data: null }),
    'the token is rejected': gives({ status: TOKEN_REJECTED, headers: {}, data: null }),
    ...failsWith('offline'),
  },
};

/** The app's own requests with the token. */
export const requestPart: MakePart = ({ stage, core }) => {
  let waiting = 0;
  return {
    moves: () =>
      waiting < MOST_REQUESTS
        ? {
            'the app sends a request': () => {
              waiting += 1;
              const end = () => {
                waiting -= 1;
              };
              core.auth.request({ url: '/orders' }).then(end, end);
            },
          }
        : {},
    identity: () => [waiting, identityOfRequests(core, stage)],
    describe: () => (waiting > 0 ? `${waiting} requests under way` : ''),
  };
};
