import { describe, expect, it } from 'vitest';
import {
  type AnyTable,
  allCells,
  type Cell,
  circumstancesOf,
  complaintsAbout,
  type Impossible,
  isImpossible,
  ruledOut,
} from './conformance/cells.js';
import { checkOf } from './conformance/checks.js';
import { testFailures } from './conformance/failure-rules.js';
import { testRequests } from './conformance/request-rules.js';
import { type Device, type PlatformRig, setUp } from './conformance/rig.js';
import { testFacts, testGestures, testStore } from './conformance/rules.js';

export type { Cell, PlatformCells } from './conformance/cells.js';
export { BROKEN, type HostButton, LATE, type PlatformRig, type Refusable, SOON } from './conformance/rig.js';

/**
 * What every host adapter must do: each member of the port, with everything that may come of it, and the rules that
 * hold for all. A new host brings a rig and calls this.
 *
 * @param title the host, and what is special about its device
 */
export function describePlatform<D extends Device>(title: string, rig: PlatformRig<D>): void {
  const brought: AnyTable<Cell<D>> = rig.cells;
  const never: AnyTable<Impossible> = ruledOut;

  describe(`${title} as a platform`, () => {
    it('brings every cell of the table, and a reason for each that cannot be', () => {
      expect(complaintsAbout(rig.cells)).toEqual([]);
    });

    for (const [member, outcome] of allCells()) {
      const name = `${member} × ${outcome}`;
      const cell = never[member]?.[outcome] ?? brought[member]?.[outcome];
      if (isImpossible(cell)) {
        it(`${name}: impossible, as ${cell.impossible}`, () => expect(cell.impossible).toMatch(/\S/));
        continue;
      }
      it(name, async () => {
        const check = checkOf(member, outcome);
        if (!cell || !check) expect.fail(`${cell ? 'the suite has no check' : 'the rig has no cell'} for ${name}`);
        const bench = await setUp(rig, circumstancesOf(member, outcome));
        await cell(bench.device, bench.clock);
        await check(bench);
      });
    }

    testFacts(rig);
    testGestures(rig);
    testStore(rig);
    testFailures(rig);
    testRequests(rig);
  });
}
