import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import type { FailureKind } from '../../../ports/failure.js';
import { watch, wordOf } from '../../support/app.js';
import { checkSession, login, outcomeOf, type Question, request } from './asking.js';
import { failureKinds, isImpossible } from './cells.js';
import { readPhone } from './phone.js';
import { getPrivacySetting, openPrivacyContract } from './privacy.js';
import { getUserInfo, getUserProfile, isUserInfoAllowed, readUserInfo } from './profile.js';
import { type Device, type PlatformRig, type Refusable, SOON, setUp } from './rig.js';
import { said } from './said.js';
import { upload } from './sending.js';

const SECRETS = {
  code: '0a3SecretLoginCode',
  token: 'secret-token',
  session_key: 'c2VjcmV0LXNlc3Npb24ta2V5',
  encryptedData: 'c2VjcmV0LWRhdGE',
  iv: 'c2VjcmV0LWl2',
  phoneNumber: '13800138000',
  data: { token: 'secret-token' },
  header: { authorization: 'Bearer secret-token' },
};

const questions: { readonly [M in Exclude<Refusable, 'checkSession'>]: Question<unknown> } = {
  login,
  request,
  upload,
  readPhone,
  getUserProfile,
  getUserInfo,
  readUserInfo,
  isUserInfoAllowed,
  getPrivacySetting,
  openPrivacyContract,
};

export function testFailures<D extends Device>(rig: PlatformRig<D>): void {
  for (const [member, question] of Object.entries(questions) as [keyof typeof questions, Question<unknown>][]) {
    if (isImpossible(rig.cells[member].unknown)) continue;

    it(`G-11: a refusal of ${member} in words that nobody knows is unknown, and not denied`, async () => {
      for (const payload of [{ errMsg: '' }, { errMsg: '???', errno: 987654 }, { errMsg: '???', errCode: '987' }]) {
        const bench = await setUp(rig);
        rig.refuse(bench.device, member, payload);
        expect(await outcomeOf(question, bench), inspect(payload)).toMatchObject({
          failure: { kind: 'unknown' },
        });
      }
    });

    it(`G-11, G-23: a refusal of ${member} keeps what explains it, and no secret that came along`, async () => {
      const bench = await setUp(rig);
      rig.refuse(bench.device, member, { errMsg: `${member}:???`, errno: 987654, ...SECRETS });
      const outcome = await outcomeOf(question, bench);
      expect(outcome).toMatchObject({ failure: { raw: { errMsg: `${member}:???`, errno: 987654 } } });
      expectNoneOf(
        Object.values(SECRETS).filter((value) => typeof value === 'string'),
        outcome,
      );
    });
  }

  for (const [member, question] of Object.entries({ ...questions, checkSession }) as [Refusable, Question<unknown>][]) {
    if (isImpossible(rig.cells[member].unknown)) continue;

    it(`whatever the host says, ${member} fails with no other kinds than its docstring lists`, async () => {
      const listed: readonly FailureKind[] = failureKinds[member];
      const others: string[] = [];
      for (const payload of said[member](member)) {
        const bench = await setUp(rig);
        rig.refuse(bench.device, member, payload);
        const outcome = await outcomeOf(question, bench);
        const isNo = member === 'checkSession' && typeof outcome === 'object' && 'value' in outcome;
        const kind = typeof outcome === 'object' && 'failure' in outcome ? outcome.failure.kind : null;
        if (!isNo && !(kind && listed.includes(kind))) others.push(`${inspect(payload)}: ${wordOf({ outcome })}`);
      }
      expect(others).toEqual([]);
    });
  }

  it('G-23: a request that fails says nothing of what it carried', async () => {
    const bench = await setUp(rig);
    bench.device.goOffline();
    const asked = watch(
      Promise.resolve(
        bench.platform.request({
          url: 'https://server.test/sign-in',
          method: 'POST',
          headers: { authorization: `Bearer ${SECRETS.token}` },
          data: { code: SECRETS.code, phoneNumber: SECRETS.phoneNumber },
        }),
      ),
    );
    await bench.clock.advance(SOON);
    expect(asked.outcome).toHaveProperty('failure');
    expectNoneOf([SECRETS.token, SECRETS.code, SECRETS.phoneNumber], asked.outcome);
  });

  if (isImpossible(rig.cells.checkSession.no)) return;
  it('W-05: a session that the host refuses is no session, whatever the words', async () => {
    for (const payload of [
      { errMsg: 'checkSession:fail session time out' },
      { errMsg: 'checkSession:fail timeout', errno: 5 },
      { errMsg: 'checkSession:fail auth deny', errCode: -1 },
      { errMsg: '' },
    ]) {
      const bench = await setUp(rig);
      rig.refuse(bench.device, 'checkSession', payload);
      expect(await outcomeOf(checkSession, bench), inspect(payload)).toEqual({ value: false });
    }
  });
}

function expectNoneOf(secrets: readonly string[], told: unknown): void {
  const text = inspect(told, { depth: 10, showHidden: true }) + JSON.stringify(told);
  for (const secret of secrets) expect(text).not.toContain(secret);
}
