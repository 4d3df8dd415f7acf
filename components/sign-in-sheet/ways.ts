/** How a person may sign in. */
export type SheetWay = 'phone' | 'silent' | 'password';

const WAYS: readonly string[] = ['phone', 'silent', 'password'] satisfies readonly SheetWay[];

/**
 * The ways in, of what a template says.
 *
 * @param by their names, the first way first; unknown ones are left out
 * @returns at least one
 */
export function waysFrom(by: string): readonly SheetWay[] {
  const ways = by.split(/[\s,]+/).filter(isWay);
  return ways.length > 0 ? [...new Set(ways)] : ['phone'];
}

function isWay(name: string): name is SheetWay {
  return WAYS.includes(name);
}
