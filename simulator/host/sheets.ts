/** What a person does with a sheet: `ignore` leaves it open. */
export type Answer = 'allow' | 'deny' | 'cancel' | 'ignore';

/** A picture that a person chose, as a file's bytes. */
export type Picture = Uint8Array<ArrayBuffer>;

export interface Reply {
  readonly answer: Exclude<Answer, 'ignore'>;
  readonly picture?: Picture;
}

/**
 * A question of the host to the person. It waits without a deadline, and takes one answer; one that is given before it
 * is open is kept for it.
 */
export interface Sheet<Question extends string = string> {
  /** `null` where nothing is asked. */
  readonly question: Question | null;
  /** `coming` until it is seen, `closed` once it is answered, or will never be seen. */
  readonly state: 'coming' | 'open' | 'closed';
  /** @param picture what is chosen for an avatar; default is a small PNG */
  allow(picture?: Picture): void;
  /** For an avatar: WeChat rejects the picture (W-11). */
  deny(): void;
  /** Closes it without an answer: by the back key, or beside it. */
  cancel(): void;
}

/** What the person answers by habit; else a test answers through the {@link Sheet}. */
export interface Answers<Question extends string = string> {
  /** The next such sheet is answered so as soon as it opens. */
  next(question: Question, answer: Answer): void;
  /** Every such sheet is, unless {@link Answers.next} has something else for it. */
  always(question: Question, answer: Answer): void;
  /** Forgets all; sheets that are open stay open. */
  clear(): void;
}

/** A sheet as the host holds it. */
export interface AskedSheet<Question extends string> {
  readonly sheet: Sheet<Question>;
  /** Shows it, and waits for the person. */
  open(): Promise<Reply>;
  /** It will not be shown any more. */
  close(): void;
}

export interface Sheets<Question extends string> {
  readonly answers: Answers<Question>;
  /** The sheets that a person sees, oldest first. */
  readonly open: readonly Sheet<Question>[];
  /** Tells each time a sheet opens or closes. Answers how to stop listening. */
  subscribe(listener: () => void): () => void;
  make(question: Question | null): AskedSheet<Question>;
  /** The app was killed: its sheets are gone. */
  clear(): void;
}

export function createSheets<Question extends string>(): Sheets<Question> {
  const queued = new Map<Question, Answer[]>();
  const standing = new Map<Question, Answer>();
  const open = new Map<Sheet<Question>, AskedSheet<Question>>();
  const listeners = new Set<() => void>();

  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  const habit = (question: Question | null) => {
    if (question === null) return 'ignore';
    return queued.get(question)?.shift() ?? standing.get(question) ?? 'ignore';
  };

  const make = (question: Question | null): AskedSheet<Question> => {
    let state: Sheet['state'] = question === null ? 'closed' : 'coming';
    let reply: Reply | undefined;
    let hear = (_: Reply) => {};

    const give = (given: Reply) => {
      if (state === 'closed' || reply) return;
      reply = given;
      if (state === 'coming') return;
      asked.close();
      hear(given);
    };
    const sheet: Sheet<Question> = {
      question,
      get state() {
        return state;
      },
      allow: (picture) => give({ answer: 'allow', ...(picture && { picture }) }),
      deny: () => give({ answer: 'deny' }),
      cancel: () => give({ answer: 'cancel' }),
    };
    const asked: AskedSheet<Question> = {
      sheet,
      async open() {
        const answer = habit(question);
        if (!reply && answer !== 'ignore') reply = { answer };
        if (reply) {
          state = 'closed';
          return reply;
        }
        state = 'open';
        open.set(sheet, asked);
        const replied = new Promise<Reply>((resolve) => {
          hear = resolve;
        });
        tell();
        return replied;
      },
      close() {
        state = 'closed';
        if (open.delete(sheet)) tell();
      },
    };
    return asked;
  };

  return {
    answers: {
      next: (question, answer) => void queued.set(question, [...(queued.get(question) ?? []), answer]),
      always: (question, answer) => void standing.set(question, answer),
      clear() {
        queued.clear();
        standing.clear();
      },
    },
    get open() {
      return [...open.keys()];
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    make,
    clear() {
      for (const asked of [...open.values()]) asked.close();
    },
  };
}
