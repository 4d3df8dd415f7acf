import type { Secret } from '../ports/secret.js';
import type { Verdict } from './calls.js';
import { isVerdict } from './check-exploration.js';
import { type Answer, type AnswerMaker, type Answers, type Exploration, type Run, readsInput } from './exploration.js';
import { identityOf } from './identity.js';
import { createNaming, naming } from './interruption.js';
import { isWayProperty, type MoveKind, type StepProperty, type Watch } from './property.js';
import { createStage, type LiveStage, type News, type Stage } from './stage.js';
import type { Turns } from './turns.js';

/** Something that may happen next. */
export interface Move {
  readonly name: string;
  readonly kind: MoveKind;
  /** For coverage: which call got which answer. */
  readonly answer?: { readonly call: string; readonly word: string };
  readonly make: () => void;
}

export interface Complaint {
  readonly property: string;
  readonly text: string;
}

/** A run with all that may happen to it next. */
export interface LiveRun {
  readonly stage: LiveStage;
  readonly run: Run;
  /** What the properties say of its start. */
  readonly complaints: readonly Complaint[];
  /** What happened in the newest step. */
  news(): readonly News[];
  moves(): readonly Move[];
  /** The move of this name, if it is possible now. */
  find(name: string): Move | undefined;
  /** Makes a move and lets the properties judge it. */
  make(move: Move, isNew: () => boolean): Promise<Complaint[]> | Complaint[];
  /** What its state is, see {@link identityOf}. */
  key(): string;
  /** Does what somebody's own code does. @throws Interruption with the history, where that throws */
  naming: typeof naming;
  /** Stops whatever runs in it. */
  end(): void;
}

export const DEFAULT_LATE = 1;
const SETTLES = 'Every chart settles';

/** Begins a run. */
export async function beginRun(exploration: Exploration, turns: Turns): Promise<LiveRun> {
  const { answers, reads = [], properties = [], bound = {}, usesPromises = false } = exploration;
  const stage = createStage(exploration.isLate ?? ((_stage, _name, isNewest) => !isNewest));
  const made: string[] = [];
  const named = createNaming(exploration.name, () => [...made]);
  const run = named('the start has thrown', () => exploration.begin(stage));
  const watches = properties.flatMap((property): Watcher[] => {
    if (isWayProperty(property)) return [];
    const who = `the property "${property.name}" has thrown`;
    return [{ property, who, watch: named(who, () => property.watch(stage)) }];
  });
  const markOf = (secret: Secret) =>
    watches.map(({ who, watch }) => naming(who, () => watch.markOf?.(secret) ?? '')).join('');

  const complaintsOf = (ask: (watch: Watch) => string | null): Complaint[] =>
    watches.flatMap(({ property, who, watch }) => {
      const text = named(who, () => ask(watch));
      return text === null ? [] : [{ property: property.name, text }];
    });

  const mayBeLate = (name: string) => Object.hasOwn(answers, name) && (bound.lateCalls?.includes(name) ?? true);
  let news: readonly News[] = [];
  const judge = (move: string, isNew: () => boolean): Complaint[] => {
    named('`isLate` has thrown', () => stage.calls.sort(stage.cast.members(), bound.late ?? DEFAULT_LATE, mayBeLate));
    news = stage.takeNews();
    named('this world is not made for what happens', () => run.check?.());
    const restless = stage.settling.complaint();
    stage.settling.nextStep();
    if (restless !== null) return [{ property: SETTLES, text: restless }];
    const step = { move, news, stage };
    const complaints = complaintsOf((watch) => watch.complaint(step));
    // What a state is depends on what the watches remember, so all of them have seen the step by now.
    return complaints.length === 0 && isNew()
      ? complaintsOf((watch) => watch.complaintIfNew?.(step) ?? null)
      : complaints;
  };

  const wordsOf = wordsOfAnswers(answers);
  const worldMoves = () => named('the moves of the world have thrown', () => run.moves());
  function* possibleMoves(): Generator<Move> {
    for (const { name, input, isLate, answer: end } of stage.pendingCalls()) {
      for (const { word, answer, onTime, late } of wordsOf(name)) {
        yield {
          name: isLate ? late : onTime,
          kind: isLate ? 'late answer' : 'answer',
          answer: { call: name, word },
          make: () =>
            end(
              typeof answer === 'function'
                ? naming(`the answer "${onTime}" has thrown`, () => verdictBy(answer, input, stage))
                : answer,
            ),
        };
      }
    }
    for (const { id, name } of stage.time.next()) {
      yield { name: `time: ${name}`, kind: 'time', make: () => stage.time.fire(id) };
    }
    for (const [name, make] of Object.entries(worldMoves())) {
      yield { name, kind: run.endings?.includes(name) ? 'end' : 'event', make };
    }
  }
  /** Nothing changes between two steps, so what was possible still is. */
  let known: readonly Move[] | null = null;

  const live: Omit<LiveRun, 'complaints'> = {
    stage,
    run,
    news: () => news,
    moves() {
      known ??= [...apart(possibleMoves())];
      return known;
    },
    find(name) {
      if (known) return known.find((move) => move.name === name);
      for (const move of apart(possibleMoves())) if (move.name === name) return move;
      return undefined;
    },
    make(move, isNew) {
      known = null;
      stage.time.nextStep();
      made.push(move.name);
      named(`the move "${move.name}" has thrown`, move.make);
      return usesPromises ? turns.next().then(() => judge(move.name, isNew)) : judge(move.name, isNew);
    },
    key: () =>
      named('`reads` has thrown', () =>
        identityOf(stage, {
          readings: reads,
          isInputRead: (call) => readsInput(answers, call),
          extra: [
            naming('`identity` has thrown', () => run.identity?.()),
            watches.map(({ who, watch }) => naming(who, () => watch.memory?.())),
          ],
          markOf,
        }),
      ),
    naming: named,
    end() {
      run.end?.();
      stage.cast.stop();
    },
  };
  if (usesPromises) await turns.next();
  return { ...live, complaints: judge('the start', () => true) };
}

interface Watcher {
  readonly property: StepProperty;
  /** What errors say of it. */
  readonly who: string;
  readonly watch: Watch;
}

function verdictBy(answer: AnswerMaker, input: unknown, stage: Stage): Verdict {
  const verdict = answer(input, stage);
  if (!isVerdict(verdict)) throw new TypeError('what it makes is no answer: { value } or { error }');
  return verdict;
}

/** Moves of one name are told apart by their order. */
function* apart(moves: Iterable<Move>): Generator<Move> {
  const taken = new Map<string, number>();
  for (const move of moves) {
    const count = (taken.get(move.name) ?? 0) + 1;
    taken.set(move.name, count);
    yield count === 1 ? move : { ...move, name: `${move.name} (${count})` };
  }
}

interface Word {
  readonly word: string;
  readonly answer: Answer;
  /** What the move is called while somebody waits, and afterwards. */
  readonly onTime: string;
  readonly late: string;
}

function wordsOfAnswers(answers: Answers): (call: string) => readonly Word[] {
  const words = new Map(
    Object.entries(answers).map(([call, ofCall]) => [
      call,
      Object.entries(ofCall).map(
        ([word, answer]): Word => ({ word, answer, onTime: `${call}: ${word}`, late: `late ${call}: ${word}` }),
      ),
    ]),
  );
  return (call) => words.get(call) ?? [];
}
