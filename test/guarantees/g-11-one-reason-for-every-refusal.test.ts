import { expect, it } from 'vitest';
import { wechat } from '../../adapters/wechat.js';
import type { Failure } from '../../ports/failure.js';
import { createTestApp, watch } from '../support/app.js';
import { second } from './support/scene.js';

/** What the host's refusal to give a code, in these words, becomes. */
async function refusal(words: Readonly<Record<string, string | number>>): Promise<Failure> {
  const app = createTestApp();
  app.device.faults.next('login', { fail: words });
  const login = watch(Promise.resolve(wechat({ wx: app.device.wx }).login()));
  await app.clock.advance(second);
  const { outcome } = login;
  if (outcome === 'pending' || 'value' in outcome) throw new Error('the host was to refuse');
  return outcome.failure;
}

it('G-11 a number outranks the text beside it, and the payload is kept', async () => {
  const words = { errno: 5, errMsg: 'login:fail user cancel' };
  expect(await refusal(words)).toMatchObject({ kind: 'timeout', raw: words });
  expect(await refusal({ errMsg: 'login:fail user cancel' })).toMatchObject({ kind: 'cancelled' });
});

it('G-11 one refusal in the words of different systems is one reason', async () => {
  const texts = ['login:fail interrupted', 'login:fail:user abort', 'login:fail timeout', 'login:fail 网络'];
  const kinds = [];
  for (const errMsg of texts) kinds.push((await refusal({ errCode: 45009, errMsg })).kind);
  expect(kinds).toEqual(texts.map(() => 'rate-limited'));
});

it('G-11 what is unknown, or is something else, is never read as a denial', async () => {
  const denied = { errMsg: 'login:fail auth deny' };
  const kinds = [];
  for (const words of [{ errMsg: 'login:fail 998' }, { errno: 600001, ...denied }, denied]) {
    kinds.push((await refusal(words)).kind);
  }
  expect(kinds).toEqual(['unknown', 'offline', 'denied']);
});
