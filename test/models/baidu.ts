import { baidu } from '../../adapters/baidu.js';
import { type FailureKind, toFailure } from '../../ports/failure.js';
import type { BaiduDevice } from '../../simulator/index.js';
import { type AnyTable, type Cell, failureKinds, isImpossible } from '../adapters/conformance/cells.js';
import { baiduRig } from '../adapters/support/baidu-rig.js';
import { createBaiduTestApp } from '../support/baidu-app.js';

/** What the flows are told of Baidu, by its adapter; of an old one with its base library. */
export const abilitiesOnBaidu = (baseLibrary?: string) =>
  baidu({ swan: createBaiduTestApp({}, baseLibrary === undefined ? {} : { baseLibrary }).device.swan }).abilities;

/** What Baidu says, whatever was asked (B-04). */
const TOLD = [
  ...[10001, 10002, 10003, 10004, 10005, 10007, 202].map((errCode) => ({ errCode })),
  { errMsg: 'fail cancel' },
  { errMsg: 'fail not supported' },
];

/** Why a member may fail on Baidu: what its conformance table does not rule out, and what its adapter reads of B-04. */
export function refusalsOnBaidu(member: keyof typeof failureKinds): FailureKind[] {
  const cells: AnyTable<Cell<BaiduDevice>> = baiduRig().cells;
  const kinds: readonly FailureKind[] = failureKinds[member];
  const possible = kinds.filter((kind) => {
    const cell = cells[member]?.[kind];
    return cell !== undefined && !isImpossible(cell);
  });
  return [...new Set([...possible, ...TOLD.map(readByAdapter)])];
}

function readByAdapter(detail: object): FailureKind {
  const { readPhone } = baidu({ swan: createBaiduTestApp().device.swan });
  try {
    readPhone(detail);
  } catch (error) {
    return toFailure(error).kind;
  }
  throw new Error(`${JSON.stringify(detail)} is read as a yes`);
}
