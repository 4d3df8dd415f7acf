import { type CodesContext, codes } from '../../../machines/codes.js';
import { type Exploration, reads, type Stage } from '../../../testing/index.js';
import { CODE_LIFETIME, shortWaits } from '../flows/timing.js';

/** Of ages only whether they are too old for what is asked of them. */
export const codesReads = reads(codes, (context, stage) => [
  context.leases,
  context.unspent && [context.unspent, isCodeYoung(context.unspentSince, stage)],
  context.newest,
  context.exchanged,
  ageOf(context.keyCheckedAt, stage) < context.timing.recheck,
  isTooSoon(context, stage),
]);

export function isCodeYoung(since: number, stage: Stage): boolean {
  return ageOf(since, stage) < CODE_LIFETIME - shortWaits.codeMargin;
}

function isTooSoon({ calledAt, timing }: CodesContext, stage: Stage): boolean {
  return ageOf(calledAt, stage) < timing.loginInterval;
}

function ageOf(since: number, stage: Stage): number {
  return stage.now() - since;
}

/** A login is given up by its timer alone; one that another has overtaken earlier is still waited for. */
export const isLoginLate: NonNullable<Exploration['isLate']> = (stage, { calledAt }, isNewest) =>
  !stage.chart('codes')?.matches('loggingIn') || (!isNewest && ageOf(calledAt, stage) >= shortWaits.login);
