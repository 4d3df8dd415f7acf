import { describe, expect, expectTypeOf, it } from 'vitest';
import type { WechatDevice } from '../../simulator/index.js';
import { type AnyTable, allCells, complaintsAbout, failureKinds, ruledOut } from './conformance/cells.js';
import { checkOf } from './conformance/checks.js';
import type { PlatformCells } from './platform-conformance.js';
import { documentedKinds } from './support/documented-kinds.js';
import { wechatRig } from './support/wechat-rig.js';

type Cells = PlatformCells<WechatDevice>;

const { cells } = wechatRig();

describe('the platform conformance table', () => {
  it('has every member of the port, with the failures that its docstring promises', () => {
    const { name, codeLifetime, host, storage, ...asked } = documentedKinds(
      new URL('../../ports/platform.ts', import.meta.url),
      'Platform',
    );
    expect([name, codeLifetime, host]).toEqual([[], [], []]);
    const { 'storage.get': get, 'storage.set': set, 'storage.remove': remove, ...listed } = failureKinds;
    expect(asked).toEqual(listed);
    expect([get, set, remove]).toEqual([storage, storage, storage]);
  });

  it('has a check for every cell that the port does not rule out', () => {
    const out: AnyTable<unknown> = ruledOut;
    const unchecked = allCells().filter(([member, outcome]) => !out[member]?.[outcome] && !checkOf(member, outcome));
    expect(unchecked).toEqual([]);
  });

  it('gives a reason for every cell that the port rules out', () => {
    const reasons = Object.values(ruledOut).flatMap((row) => Object.values(row).map(({ impossible }) => impossible));
    expect(reasons.filter((reason) => reason.trim() === '')).toEqual([]);
  });

  it('complains about a member that a rig leaves out', () => {
    const { checkSession, ...others } = cells;
    expectTypeOf(others).not.toExtend<Cells>();
    expect(complaintsAbout(others)).toEqual(
      Object.keys(checkSession).map(() => expect.stringMatching(/^checkSession × .* is missing$/)),
    );
  });

  it('complains about one cell that a rig leaves out, whichever it is', () => {
    const wanted = Object.entries(cells).flatMap(([member, row]) =>
      Object.keys(row).map((outcome) => [member, outcome] as const),
    );
    expect(wanted.length).toBeGreaterThan(40);
    for (const [member, outcome] of wanted) {
      const rows = Object.entries(cells).map(([name, row]) => [
        name,
        Object.fromEntries(Object.entries(row).filter(([cell]) => name !== member || cell !== outcome)),
      ]);
      expect(complaintsAbout(Object.fromEntries(rows))).toEqual([`${member} × ${outcome} is missing`]);
    }
  });

  it('does not compile where a rig leaves one cell out', () => {
    type WithoutOne = Omit<Cells, 'login'> & { login: Omit<Cells['login'], 'busy'> };
    expectTypeOf<WithoutOne>().not.toExtend<Cells>();
    expectTypeOf<Cells>().toExtend<WithoutOne>();
    expectTypeOf<keyof Cells['storage.get']>().toEqualTypeOf<'success' | 'unknown' | 'synchronous throw'>();
  });

  it('takes a cell for impossible only with a written reason', () => {
    const declared = (impossible: string) => ({ ...cells, login: { ...cells.login, denied: { impossible } } });
    expectTypeOf(declared('')).toExtend<Cells>();
    expect(complaintsAbout(declared('this host never asks anybody'))).toEqual([]);
    expect(complaintsAbout(declared(' '))).toEqual(['login × denied is impossible without a reason']);
  });

  it('complains about a cell that is none of the table', () => {
    const stray = { ...cells, onShow: { ...cells.onShow, denied: () => {} }, onHide: { success: () => {} } };
    expect(complaintsAbout(stray)).toEqual([
      'onShow × denied is no cell of the table',
      'onHide × success is no cell of the table',
    ]);
  });
});
