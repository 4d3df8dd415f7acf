import { Agent } from 'undici';

/** Of our own: Node's `fetch` may have set up the one that all share, in an older version. */
export const dispatcher = new Agent();
