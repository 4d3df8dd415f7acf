export { failsWith, gives } from './answers.js';
export type { PendingCall, Verdict } from './calls.js';
export type { Chart } from './cast.js';
export { type Companion, silent, telling } from './companion.js';
export type { ChartCoverage, CoverageReport, Tally } from './coverage.js';
export type { Answer, Answers, Bound, Exploration, Moves, Run } from './exploration.js';
export { type ExploreOptions, explore } from './explore.js';
export { type FlowAlone, flowAlone } from './flow-alone.js';
export { isSecret, type Reading, reads } from './identity.js';
export { callsDoNotOverlap } from './properties/calls-do-not-overlap.js';
export { chartsStand } from './properties/charts-stand.js';
export { codesAreSpentOnce } from './properties/codes-are-spent-once.js';
export { guarantees } from './properties/guarantees.js';
export { noCallWhile } from './properties/no-call-while.js';
export { nothingAfterTheEnd } from './properties/nothing-after-the-end.js';
export { nothingSecretShows } from './properties/nothing-secret-shows.js';
export { restIsNear, waitsEnd } from './properties/waits-end.js';
export {
  always,
  type MoveKind,
  type Property,
  reachable,
  type Step,
  type StepProperty,
  type Watch,
  type WayProperty,
} from './property.js';
export type { Report, Violation } from './report.js';
export type { News, Stage } from './stage.js';
export { summaryOf } from './summary.js';
export { type Transition, transitionsOf } from './transitions.js';
export { retrace, verify } from './verify.js';
