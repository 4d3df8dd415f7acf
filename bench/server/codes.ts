import { randomUUID } from 'node:crypto';

/** A login code that nobody has used, for the account of an openid. */
export const codeFor = (openid: string) => `${openid}.${randomUUID()}`;

/** Whose code it is. */
export const openidOf = (code: string) => code.slice(0, code.lastIndexOf('.'));
