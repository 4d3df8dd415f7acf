import { describe, expectTypeOf, it } from 'vitest';
import type { SwanHost } from '../../adapters/baidu/swan.js';
import type { SwanHost as SimulatedSwan } from '../../simulator/index.js';

describe('the typings of swan', () => {
  it('B-11: fit the simulated host, and one that has no more than every version has', () => {
    expectTypeOf<SimulatedSwan>().toExtend<SwanHost>();
    type Least = 'getLoginCode' | 'checkSession' | 'request' | `${'get' | 'set' | 'remove'}StorageSync`;
    expectTypeOf<Pick<SimulatedSwan, Least>>().toExtend<SwanHost>();
    expectTypeOf<Omit<SimulatedSwan, 'getLoginCode'>>().not.toExtend<SwanHost>();
  });
});
