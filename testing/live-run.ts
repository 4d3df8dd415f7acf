import type { Secret } from '../ports/secret.js';
import { type Exploration, type Run, readsInput } from './exploration.js';
import { identityOf } from './identity.js';
import { isWayProperty, type MoveKind, type StepProperty, type Watch } from './property.js';
import { createStage, type LiveStage, type News } from './stage.js';
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
  /** Makes a move and lets the properties judge it. */
  make(move: Move, isNew: () => boolean): Promise<Complaint[]> | Complaint[];
  /** What its state is, see {@link identityOf}. */
  key(): string;
  /** Stops whatever runs in it. */
  end(): void;
}

export const DEFAULT_LATE = 1;

/** Begins a run. */
export async function beginRun(exploration: Exploration, turns: Turns): Promise<LiveRun> {
  const { answers, reads = [], properties = [], bound = {}, usesPromises = false } = exploration;
  const stage = createStage(exploration.isLate ?? ((_stage, _name, isNewest) => !isNewest));
  const run = exploration.begin(stage);
  const watches: [StepProperty, Watch][] = properties.flatMap((property) =>
    isWayProperty(property) ? [] : [[property, property.watch(stage)] as [StepProperty, Watch]],
  );
  const markOf = (secret: Secret) => watches.map(([, watch]) => watch.markOf?.(secret) ?? '').join('');

  const complaintsOf = (ask: (watch: Watch) => string | null): Complaint[] =>
    watches.flatMap(([{ name }, watch]) => {
      const text = ask(watch);
      return text === null ? [] : [{ property: name, text }];
    });

  let news: readonly News[] = [];
  const judge = (move: string, isNew: () => boolean): Complaint[] => {
    stage.calls.sort(stage.cast.members(), bound.late ?? DEFAULT_LATE, (name) => name in answers);
    news = stage.takeNews();
    const step = { move, news, stage };
    const complaints = complaintsOf((watch) => watch.complaint(step));
    // What a state is depends on what the watches remember, so all of them have seen the step by now.
    return complaints.length === 0 && isNew()
      ? complaintsOf((watch) => watch.complaintIfNew?.(step) ?? null)
      : complaints;
  };

  const answerMoves = (): Move[] =>
    stage.pendingCalls().flatMap((call): Move[] =>
      Object.entries(answers[call.name] ?? {}).map(([word, answer]) => ({
        name: `${call.isLate ? 'late ' : ''}${call.name}: ${word}`,
        kind: call.isLate ? 'late answer' : 'answer',
        answer: { call: call.name, word },
        make: () => call.answer(typeof answer === 'function' ? answer(call.input, stage) : answer),
      })),
    );
  const timeMoves = (): Move[] =>
    stage.time.next().map(({ id, name }) => ({ name: `time: ${name}`, kind: 'time', make: () => stage.time.fire(id) }));
  const eventMoves = (): Move[] => Object.entries(run.moves()).map(([name, make]) => ({ name, kind: 'event', make }));

  const live: Omit<LiveRun, 'complaints'> = {
    stage,
    run,
    news: () => news,
    moves: () => apart([...answerMoves(), ...timeMoves(), ...eventMoves()]),
    make(move, isNew) {
      stage.time.nextStep();
      move.make();
      return usesPromises ? turns.next().then(() => judge(move.name, isNew)) : judge(move.name, isNew);
    },
    key: () =>
      identityOf(stage, {
        readings: reads,
        isInputRead: (call) => readsInput(answers, call),
        extra: [run.identity?.(), watches.map(([, watch]) => watch.memory?.())],
        markOf,
      }),
    end() {
      run.end?.();
      stage.cast.stop();
    },
  };
  if (usesPromises) await turns.next();
  return { ...live, complaints: judge('the start', () => true) };
}

/** Moves of one name are told apart by their order. */
function apart(moves: readonly Move[]): readonly Move[] {
  const taken = new Map<string, number>();
  return moves.map((move) => {
    const count = (taken.get(move.name) ?? 0) + 1;
    taken.set(move.name, count);
    return count === 1 ? move : { ...move, name: `${move.name} (${count})` };
  });
}
