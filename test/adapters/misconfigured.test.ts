import { describe, expect, it } from 'vitest';
import { minapp } from '../../adapters/minapp.js';
import { server } from '../../adapters/server.js';
import { wechat } from '../../adapters/wechat.js';
import { createBaaS } from '../../baas.js';
import { createAuth } from '../../index.js';
import { createTestApp } from '../support/app.js';

const baseUrl = 'https://api.example.com';
const platform = () => wechat({ wx: createTestApp().device.wx });

/** What an app without types hands over. */
const made = (make: (...args: never[]) => unknown, args: readonly unknown[]) => () =>
  Reflect.apply(make, undefined, args);
const thatSays = (message: string) =>
  expect.objectContaining({ name: 'Failure', kind: 'misconfigured', message: expect.stringContaining(message) });

describe.each([
  ['createAuth', createAuth],
  ['createBaaS', createBaaS],
])('%s says what is missing', (_, create: (...args: never[]) => unknown) => {
  it.each([
    ['no options', () => []],
    ['null', () => [null]],
    ['empty options', () => [{}]],
    ['no backend', () => [{ platform: platform() }]],
    ['no platform', () => [{ backend: server({ baseUrl }) }]],
    ['neither of them an adapter', () => [{ platform: {}, backend: {} }]],
    ['a platform that was not called', () => [{ platform: wechat, backend: server({ baseUrl }) }]],
    ['a backend that is an address', () => [{ platform: platform(), backend: baseUrl }]],
  ])('of %s', (__, given) => {
    expect(made(create, given())).toThrow(thatSays('platform and backend have to be adapters'));
  });
});

describe('minapp says what is missing', () => {
  it.each([[undefined], [null], [{}], [{ init: 'later' }]])('where the SDK is %o', (baas) => {
    expect(made(minapp, [{ baas, clientId: 'a client', baseUrl }])).toThrow(thatSays('hand over wx.BaaS'));
  });

  it.each([[[]], [[null]], [[{}]]])('where its options are %j', (args) => {
    expect(made(minapp, args)).toThrow(thatSays('is not a base URL'));
  });
});

it.each([[[]], [[null]], [[{}]]])('server says what is missing where its options are %j', (args) => {
  expect(made(server, args)).toThrow(thatSays('is not a base URL'));
});
