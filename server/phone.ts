import { z } from 'zod';

/**
 * A phone number as a person writes it, made E.164. Without a country it is one of mainland China.
 */
export const Phone = z.string().max(32).transform(toE164);

function toE164(text: string, { issues }: z.core.$RefinementCtx): string {
  const compact = text.replace(/[\s()-]/g, '');
  if (/^\+[1-9]\d{6,14}$/.test(compact)) return compact;
  if (/^1\d{10}$/.test(compact)) return `+86${compact}`;
  issues.push({ code: 'custom', message: 'Invalid phone number', input: undefined });
  return z.NEVER;
}
