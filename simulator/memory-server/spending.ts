import { type ServerCode, ServerRefusal } from './refusal.js';

/** Codes are spent once on this side too, whatever the host answers: a retry always takes a fresh one (G-01). */
export function createSpending(): (code: string, otherwise: ServerCode) => void {
  const spent = new Set<string>();
  return (code, otherwise) => {
    if (spent.has(code)) throw new ServerRefusal(otherwise);
    spent.add(code);
  };
}
