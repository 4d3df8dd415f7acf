import type { AnyStateMachine } from 'xstate';
import type { Chart } from './cast.js';
import { nodesOf } from './nodes.js';
import type { Stage } from './stage.js';

/** The tags by which a chart says that nobody waits for it: it has an outcome, or a person is asked. */
const REST = ['settled', 'askable'];
const WAIT = 'busy';

/** Which of those tags stand anywhere in a chart: by the others it says nothing. */
interface Vocabulary {
  readonly saysRest: boolean;
  readonly saysWait: boolean;
}

const vocabularies = new WeakMap<AnyStateMachine, Vocabulary>();

/**
 * Whether a machine is waited for: the chart is `busy`; or it knows words for rest, and none of them holds. Of a chart
 * without any such tag, whether a call that it has made is out.
 */
export function waits({ name, snapshot }: Chart, stage: Stage): boolean {
  if (snapshot.status !== 'active') return false;
  const { saysRest, saysWait } = vocabularyOf(snapshot.machine);
  if (!saysRest && !saysWait) {
    return stage.pendingCalls().some(({ asker, isLate }) => !isLate && asker?.startsWith(`${name}.`));
  }
  return snapshot.hasTag(WAIT) || (saysRest && !REST.some((tag) => snapshot.hasTag(tag)));
}

/** Whether a chart has come to rest, to where a person is asked, or to its end. */
export function rests(chart: Chart, stage: Stage): boolean {
  return !waits(chart, stage) || REST.some((tag) => chart.snapshot.hasTag(tag));
}

function vocabularyOf(machine: AnyStateMachine): Vocabulary {
  const known = vocabularies.get(machine);
  if (known) return known;
  const tags = nodesOf(machine.root).flatMap((node) => node.tags);
  const vocabulary = { saysRest: REST.some((tag) => tags.includes(tag)), saysWait: tags.includes(WAIT) };
  vocabularies.set(machine, vocabulary);
  return vocabulary;
}
