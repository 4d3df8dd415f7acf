import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, type AnyStateNode, createActor } from 'xstate';
import { accountLinking } from '../../machines/account-linking.js';
import { accountSettings } from '../../machines/account-settings.js';
import { authorizedRequest } from '../../machines/authorized-request.js';
import { codes } from '../../machines/codes.js';
import { directCall } from '../../machines/direct-call.js';
import { phoneAuthorization } from '../../machines/phone-authorization.js';
import { privacy } from '../../machines/privacy.js';
import { session } from '../../machines/session.js';
import { wishFrom } from '../../machines/sign-in-options.js';
import { silentLogin } from '../../machines/silent-login.js';
import { defaultTiming } from '../../machines/timing.js';
import { userProfile } from '../../machines/user-profile.js';

const charts: Record<string, AnyStateMachine> = {
  accountLinking,
  accountSettings,
  authorizedRequest,
  codes,
  directCall,
  phoneAuthorization,
  privacy,
  session,
  silentLogin,
  userProfile,
};
const nodesOf = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(nodesOf)];
const withParents = (node: AnyStateNode): AnyStateNode[] => [node, ...(node.parent ? withParents(node.parent) : [])];
const isWaiting = (node: AnyStateNode) =>
  node.type === 'atomic' && withParents(node).some(({ tags }) => tags.includes('busy'));

describe.each(Object.entries(charts))('%s', (_, machine) => {
  const nodes = nodesOf(machine.root);

  it('says of every state why it exists', () => {
    expect(nodes.filter(({ description }) => !description).map(({ id }) => id)).toEqual([]);
  });

  it('ends every wait for a machine by a timer of its own, or by a flow that has them (G-09)', () => {
    const endless = nodes.filter(isWaiting).filter((node) => {
      const around = withParents(node);
      const hasTimer = around.some(({ after }) => after.length > 0);
      const runsFlow = around.some(({ invoke }) => invoke.some(({ src }) => src === 'silentLogin'));
      return !hasTimer && !runsFlow;
    });
    expect(endless.map(({ id }) => id)).toEqual([]);
  });

  it('names its waiting states with participles, and tags them (busy)', () => {
    const waiting = nodes.filter(isWaiting);
    expect(waiting.length).toBeGreaterThan(0);
    for (const { key } of waiting) expect(key).toMatch(/ing([A-Z]|$)/);
  });
});

describe('a flow whose effects are not provided', () => {
  const input = { createUser: true, withUnionId: false, expectedUserId: null, timing: defaultTiming };

  it.each([
    ['keepKey', silentLogin, { ...input, random: Math.random }],
    ['login', codes, { now: Date.now, timing: defaultTiming, codeLifetime: 1 }],
    ['watchShow', session, { now: Date.now, random: Math.random, timing: defaultTiming }],
    [
      'ensureSession',
      authorizedRequest,
      { ask: () => Promise.resolve(), wish: wishFrom(), limit: 1, timing: defaultTiming },
    ],
  ])('fails by the name of the first that is missing: %s', (name, machine, input) => {
    let failure: unknown;
    const actor = createActor(machine as AnyStateMachine, { input });
    actor.subscribe({
      error: (error) => (failure = error),
      complete: () => (failure = actor.getSnapshot().output?.failure),
    });
    actor.start();
    expect(String(failure)).toContain(`"${name}"`);
  });
});
