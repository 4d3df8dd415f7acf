import { afterEach, describe, expect, it, vi } from 'vitest';
import { hasHostLogin } from '../../components/host.js';

afterEach(() => vi.unstubAllGlobals());

describe('the host’s own login button', () => {
  it.each([
    ['says that it has one', { canIUse: (schema: string) => schema === 'button.open-type.login' }, true],
    ['says that it has none', { canIUse: () => false }, false],
    ['does not say', {}, true],
    ['answers an Error object (B-02)', { canIUse: () => new Error('canIUse:fail') }, true],
    [
      'throws',
      {
        canIUse() {
          throw new Error('canIUse:fail');
        },
      },
      true,
    ],
  ])('B-01: on a Baidu that %s', (_, swan, has) => {
    vi.stubGlobal('swan', swan);
    expect(hasHostLogin()).toBe(has);
  });

  it('is none on WeChat, nor where there is no host', () => {
    expect(hasHostLogin()).toBe(false);
    vi.stubGlobal('wx', {});
    vi.stubGlobal('swan', {});
    expect(hasHostLogin()).toBe(false);
  });
});
