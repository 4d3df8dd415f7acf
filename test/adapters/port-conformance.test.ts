import { afterAll, beforeAll, describe } from 'vitest';
import { minapp } from '../../adapters/minapp.js';
import { wechat } from '../../adapters/wechat.js';
import { secret } from '../../ports/secret.js';
import { type OverHttp, overHttp } from '../server/support/client.js';
import { loadSdk, SDKS } from '../support/minapp-sdk.js';
import { type Bench, memoryServer, realServer, startBench } from './backend/bench.js';
import { describePort, type Hand, type Lack } from './backend/port-rules.js';

const PICTURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const started = <T>(thing: T | undefined): T => {
  if (!thing) throw new Error('nothing has been started yet');
  return thing;
};

const notInMemory: Lack = { says: 'misconfigured', because: 'the memory server sends nobody messages' };

describe.each([
  { name: 'the memory server', behind: memoryServer, isReal: false },
  { name: 'the real server', behind: realServer, isReal: true },
])('server(), before $name', ({ behind, isReal }) => {
  describe.each(['wechat', 'baidu'] as const)('on %s', (host) => {
    let bench: Bench | undefined;
    beforeAll(async () => {
      bench = await startBench(behind, host);
    });
    afterAll(() => bench?.stop());

    function open(): Hand {
      const { addFile, backend, loginCode, newPerson, phoneOf, profileOf } = started(bench);
      const person = newPerson();
      return {
        backend,
        loginCode: () => loginCode(person),
        number: async () => {
          const { proof, byEncryption: sealed } = await phoneOf(person);
          return { proof, sealed };
        },
        profile: () => profileOf(person),
        picture: () => addFile(PICTURE),
      };
    }
    describePort(open, isReal ? {} : { smsSignIn: notInMemory, requestPasswordReset: notInMemory });
  });
});

describe.each(SDKS)('minapp(), driving %s', (name) => {
  const clientId = 'client-of-the-sdk';
  let http: OverHttp | undefined;
  let baseUrl = '';
  beforeAll(async () => {
    http = await overHttp();
    ({ url: baseUrl } = await http.startServer({ baasClientId: clientId }));
  });
  afterAll(() => http?.stop());

  function open(): Hand {
    const { loginElsewhere, newPerson, phoneOf } = started(http);
    const person = newPerson();
    // W-08: an app of before tells who it is.
    const device = phoneOf(person, { publishedAt: Date.UTC(2020, 0) });
    for (const question of ['getPhoneNumber', 'getUserProfile'] as const) device.answers.always(question, 'allow');
    const platform = wechat({ wx: device.wx });
    return {
      backend: minapp({ baas: loadSdk(name, device.wx), clientId, baseUrl })(platform),
      loginCode: async () => secret(await loginElsewhere(person)),
      number: () =>
        new Promise((resolve) => {
          const getphonenumber = ({ detail }: { detail: Readonly<Record<string, unknown>> }) =>
            resolve({
              proof: platform.readPhone(detail),
              sealed: { encryptedData: secret(String(detail.encryptedData)), iv: String(detail.iv) },
            });
          device.press({ openType: 'getPhoneNumber' }, { getphonenumber });
        }),
      profile: async () => device.tap(() => platform.getUserProfile({ desc: '用于展示', lang: 'zh_CN' })),
      picture: () => 'wxfile://picture',
    };
  }

  const noCall = 'the BaaS SDK has no call for it';
  describePort(open, {
    anonymousSignIn: { says: null, because: 'nothing of the flows drives it over the BaaS SDK' },
    smsSignIn: { says: null, because: 'nothing of the flows drives it over the BaaS SDK' },
    requestPasswordReset: { says: null, because: 'nothing of the flows drives it over the BaaS SDK' },
    readUser: { says: null, because: 'the SDK itself keeps who it is' },
    sealedSignIn: { says: 'misconfigured', because: 'the SDK wants a code in the event of this base library (W-13)' },
    setProfile: { says: 'unsupported', because: noCall },
    uploadAvatar: { says: 'unsupported', because: noCall },
    profileByHeldKey: {
      says: 'key-stale',
      because: 'the SDK sends nothing signed without a code: one more tap brings it',
    },
    replacingLink: { says: 'unsupported', because: noCall },
  });
});
