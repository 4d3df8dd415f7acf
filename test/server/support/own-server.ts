import { expect } from 'vitest';
import type { fakeOpenApi } from './open-api.js';
import { type Body, SIGN_IN, SIGN_OUT, toRequest, USER } from './server.js';

/** Goes through somebody's own server: signs in, is known to the app, and signs out. */
export async function tryOwnServer(url: string, openApi: ReturnType<typeof fakeOpenApi>): Promise<void> {
  const ask = async (path: string, question: Parameters<typeof toRequest>[1] = {}) => {
    const response = await fetch(toRequest(`${url}${path}`, question));
    const json: Body & { of?: string } = await response.json();
    return { status: response.status, json };
  };

  const entered = await ask(SIGN_IN, { body: { code: openApi.codeFor({ openid: 'o-own' }) } });
  expect(entered.status).toBe(200);
  const { token, user } = entered.json;
  expect((await ask(USER, { token })).json).toEqual({ user });
  expect((await ask('/orders', { token })).json).toEqual({ orders: [], of: user.id });
  expect((await ask('/orders')).status).toBe(401);
  expect((await ask(SIGN_IN, { body: { code: 'no-such-code' } })).json.code).toBe('CODE_INVALID');
  expect((await ask(SIGN_OUT, { method: 'POST', token })).status).toBe(200);
  expect((await ask('/orders', { token })).status).toBe(401);
}
