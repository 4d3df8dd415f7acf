import { expect } from 'storybook/test';

/**
 * Nothing on the page moves, whatever state it is in: not what can be touched, nor what would be below.
 *
 * @param states each brings the page into one; the first is where it is measured
 */
export async function staysPut(canvas: HTMLElement, states: readonly (() => void)[]): Promise<void> {
  const [first, ...others] = states;
  first?.();
  const before = layoutOf(canvas);
  await expect(before.length).toBeGreaterThan(1);
  for (const enter of others) {
    enter();
    await expect(layoutOf(canvas)).toEqual(before);
  }
}

/** The page's height, and at which height its buttons and inputs are; a button may be as wide as its text. */
function layoutOf(canvas: HTMLElement): string[] {
  return [...canvas.querySelectorAll('.page, .page button, .page input')].map((element) => {
    const { top, height } = element.getBoundingClientRect();
    return [element.localName, top, height].join(' ');
  });
}
