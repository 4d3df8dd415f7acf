import { expect, it } from 'vitest';
import { createActor, fromCallback, type InspectionEvent } from 'xstate';
import { type CallAnswer, isAsking, type PrivacyEvent, privacy } from '../../machines/privacy.js';
import { defaultTiming } from '../../machines/timing.js';
import { Failure } from '../../ports/failure.js';
import type { PrivacyAnswer } from '../../ports/platform.js';
import { abilitiesOnBaidu } from './baidu.js';
import { createChosenClock, createPendingCalls, type Run, walk } from './walk.js';

const calls = createPendingCalls();
let need: (() => number) | null = null;
let answers = new Map<number, PrivacyAnswer[]>();
let reports: Failure[] = [];

/** Bound once: a transition counts as taken if it is one of this very machine. */
const machine = privacy.provide({
  actors: {
    onPrivacyNeeded: fromCallback<CallAnswer, undefined>(({ receive, sendBack }) => {
      let serial = 0;
      receive(({ call, answer }) => answers.get(call)?.push(answer));
      need = () => {
        serial += 1;
        answers.set(serial, []);
        sendBack({ type: 'CONSENT.NEEDED', call: serial } satisfies PrivacyEvent);
        return serial;
      };
    }),
    getPrivacySetting: calls.task('getPrivacySetting'),
    openPrivacyContract: calls.task('openPrivacyContract'),
  },
  actions: {
    report: (_, { failure }) => void reports.push(failure),
  },
});

const verdicts = {
  getPrivacySetting: {
    'a name': { value: { contractName: '《指引》' } },
    'no name': { value: { contractName: '' } },
    failure: { error: new Failure('unsupported') },
  },
  openPrivacyContract: {
    opened: { value: undefined },
    failure: { error: new Failure('unknown') },
  },
};

/** Calls that nobody answers would pile up without end. */
const MOST_CALLS = 2;

interface PrivacyRun extends Run {
  /** Calls that came while no popup was visible. */
  unaskable: number;
  waiting(): number[];
  /** What the last move brought to calls that it ended. */
  brought: string[];
  /** The popups whose page is visible. */
  visible: Set<string>;
}

/** @param asks whether the host ever asks for consent */
function begin(inspect: (event: InspectionEvent) => void, asks = true): PrivacyRun {
  need = null;
  answers = new Map();
  reports = [];
  const { clock, moves: timerMoves, delays } = createChosenClock();
  const actor = createActor(machine, { input: { timing: defaultTiming }, clock, inspect }).start();
  const popups = { a: {}, b: {} };
  const visible = new Set<string>();
  const waiting = () => [...answers].filter(([, told]) => !told.some(isFinal)).map(([call]) => call);

  const possible = (): Record<string, () => void> => {
    const send = (event: PrivacyEvent) => () => actor.send(event);
    const moves: Record<string, () => void> = {
      ...timerMoves(),
      ...calls.moves(verdicts),
      'the app claims the prompt': send({ type: 'PROMPT.CLAIMED' }),
      'the question is seen': send({ type: 'QUESTION.SEEN' }),
      'the person agrees': send({ type: 'CONSENT.GIVEN', buttonId: 'agree' }),
      'the person does not agree': send({ type: 'CONSENT.REFUSED' }),
      'the guide is wanted': send({ type: 'CONTRACT.WANTED' }),
    };
    if (asks && need && waiting().length < MOST_CALLS) {
      moves['the host needs consent'] = () => {
        if (visible.size === 0) run.unaskable += 1;
        need?.();
      };
    }
    for (const [name, popup] of Object.entries(popups)) {
      moves[`${name} is shown`] = () => {
        visible.add(name);
        actor.send({ type: 'POPUP.SHOWN', popup });
      };
      for (const type of ['POPUP.HIDDEN', 'POPUP.DETACHED'] as const) {
        moves[`${name}: ${type}`] = () => {
          visible.delete(name);
          actor.send({ type, popup });
        };
      }
    }
    return moves;
  };

  const run: PrivacyRun = {
    actor,
    unaskable: 0,
    waiting,
    brought: [],
    visible,
    moves: () =>
      Object.fromEntries(
        Object.entries(possible()).map(([name, move]) => [
          name,
          () => {
            const before = waiting();
            move();
            const after = waiting();
            run.brought = before.filter((call) => !after.includes(call)).map(lastOf);
          },
        ]),
      ),
    key() {
      const { value, context } = actor.getSnapshot();
      const unseen = context.calls.map((call) => context.unseen.includes(call));
      const shown = context.popups.map((popup) => (popup === popups.a ? 'a' : 'b'));
      return JSON.stringify([value, waiting().length, unseen, shown, context.contractName, calls.names(), delays()]);
    },
  };
  return run;
}

const isFinal = ({ event }: PrivacyAnswer) => event !== 'exposureAuthorization';
const wordsOf = (call: number) => (answers.get(call) ?? []).map(({ event }) => event).join(' ');
const lastOf = (call: number) => JSON.stringify(answers.get(call)?.at(-1));

/** What the host may be told of one call, in this order and no more. */
const PROPER = [
  '',
  'exposureAuthorization',
  'exposureAuthorization agree',
  'exposureAuthorization disagree',
  'disagree',
];

it('takes every declared transition of the privacy popup; every call is answered once, and none hangs (W-16, G-13, G-09)', {
  timeout: 120_000,
}, () => {
  const found = walk(machine, begin, (run) => {
    const snapshot = run.actor.getSnapshot();
    if (snapshot.status !== 'active') return 'the owner ended';
    const improper = [...answers.keys()].find((call) => !PROPER.includes(wordsOf(call)));
    if (improper !== undefined) return `call ${improper} was told: ${wordsOf(improper)}`;
    const waiting = run.waiting();
    if (isAsking(snapshot) !== waiting.length > 0) return `${waiting.length} wait, and isAsking is not so`;
    const isCovered = snapshot.matches({ prompt: { claimed: { asking: { reading: 'covered' } } } });
    if (waiting.length > 0 && run.visible.size === 0 && !isCovered) return 'a call waits that nobody can answer';
    if (isCovered && run.visible.size > 0) return 'a popup that can be seen counts as covered';
    if (new Set(run.brought).size > 1) return `calls that waited together were told ${run.brought.join(' and ')}`;
    const errors = reports.filter(({ kind }) => kind === 'misconfigured').length;
    if (errors !== run.unaskable) return `${run.unaskable} could not be asked, ${errors} were reported`;
    return null;
  });
  expect(found.complaints.slice(0, 5)).toEqual([]);
  expect(found.leftOut).toEqual([]);
  expect(found.states).toBeGreaterThan(100);
});

it('asks nobody on Baidu, which has no guide, whatever popups there are (W-16)', () => {
  const { privacy: asks } = abilitiesOnBaidu();
  const found = walk(
    machine,
    (inspect) => begin(inspect, asks),
    ({ actor }) => (isAsking(actor.getSnapshot()) ? 'asks without need' : null),
  );
  expect(found.complaints.slice(0, 5)).toEqual([]);
  const ofAnswers = /\.asking\b|CONSENT/;
  expect(found.leftOut.filter((label) => !ofAnswers.test(label))).toEqual([]);
});

it('leaves the host’s popup alone until the app wants its own (W-16)', () => {
  const { moves } = begin(() => {});
  for (const name of ['a is shown', 'the guide is wanted', 'the person agrees']) moves()[name]?.();
  expect(need).toBeNull();
  moves()['the app claims the prompt']?.();
  expect(need).not.toBeNull();
});

it('waits for a person without a timer (G-09, G-15)', () => {
  const { moves, actor } = begin(() => {});
  const path = ['the app claims the prompt', 'a is shown', 'getPrivacySetting: a name', 'the host needs consent'];
  const reading = ['the question is seen', 'the guide is wanted', 'a: POPUP.HIDDEN', 'openPrivacyContract: opened'];
  for (const name of [...path, ...reading]) {
    moves()[name]?.();
    expect(Object.keys(moves()).filter((move) => move.startsWith('timer') && !/3000/.test(move))).toEqual([]);
  }
  expect(isAsking(actor.getSnapshot())).toBe(true);
  expect(Object.keys(moves()).filter((name) => name.startsWith('timer'))).toEqual([]);
});
