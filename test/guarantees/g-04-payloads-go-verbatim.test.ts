import { expect, it } from 'vitest';
import type { HttpRequest } from '../../ports/platform.js';
import { watch, wordOf } from '../support/app.js';
import { OLD, placePhoneButton } from './support/phone-button.js';
import { second, signedIn } from './support/scene.js';

/** What the server reads where the app sends this. */
async function received(method: HttpRequest['method'], data: object): Promise<unknown> {
  const app = await signedIn();
  const answer = watch(app.auth.request({ url: '/payload', ...(method && { method }), data }));
  await app.clock.advance(second);
  expect(wordOf(answer)).toBe('ok');
  return app.backend.calls.at(-1)?.body;
}

it('G-04 the +, / and = of base64 reach the server as they are', async () => {
  const sealed = { encryptedData: 'ab+/cd++ef//gh==', iv: '++++////++++////++++//==' };
  expect(await received('POST', sealed)).toEqual(sealed);
});

it('G-04 the text that a signature was made of arrives letter by letter', async () => {
  const signed = { rawData: '{"nickName":"小明 %2B \\"+\\" &=?","gender":0}', signature: 'a9993e36' };
  expect(await received('PUT', signed)).toEqual(signed);
});

it('G-04 so does what the phone button tells, to the letter, and the server reads it', async () => {
  const app = await signedIn({}, OLD);
  const button = placePhoneButton(app, { mode: 'update' });
  await app.clock.advance(second);
  await button.pressAndAnswer();
  const [told] = button.heard;
  const sent = { encryptedData: Reflect.get(Object(told), 'encryptedData'), iv: Reflect.get(Object(told), 'iv') };
  expect(app.backend.calls.at(-1)).toMatchObject({ status: 200, body: sent });
  expect(JSON.stringify(sent)).toMatch(/[+/=]/);
});
