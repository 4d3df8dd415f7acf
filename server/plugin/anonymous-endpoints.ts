import { z } from 'zod';
import { signInAnonymously } from './anonymous.js';
import { jsonEndpoint } from './endpoint.js';
import { publicSession } from './sessions.js';

/** Sign-in without any name. */
export function anonymousEndpoints() {
  return {
    /** `POST /denglu/anonymous-sign-in`: makes a user of whom nothing is known but the token. */
    signInDengluAnonymously: jsonEndpoint(
      'POST',
      '/denglu/anonymous-sign-in',
      z.object({}),
      async (_body, { context }) => publicSession(context, await signInAnonymously(context)),
    ),
  };
}
