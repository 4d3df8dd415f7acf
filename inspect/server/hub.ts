import { cut, LONGEST_DEVICE } from '../limits.js';
import { isObject, listIn, readChart, readRecord, textIn } from '../read.js';
import { type Device, PROTOCOL, type RefusalReason, type ToDevice, type ToPage } from '../wire.js';
import { createRuns, learnChart, nextOf, type Run } from './runs.js';
import { isToken } from './token.js';

/** A connection, as far as the hub is concerned. */
export interface Line {
  /** @param taken hears that it has left for the other side */
  send(text: string, taken?: () => void): void;
  close(): void;
  /** How much has not been taken yet, in bytes. */
  waiting(): number;
}

/** Hears one connection. */
export interface Ear {
  heard(message: unknown): void;
  closed(): void;
}

/** Where devices and pages meet. Nobody is told anything, or listened to, before they have shown the token. */
export interface Hub {
  device(line: Line): Ear;
  page(line: Line): Ear;
}

/** A page, and what it has been told. */
interface Page {
  readonly line: Line;
  /** The newest record of each run. */
  readonly has: Map<string, number>;
  /** Whether records are on their way: the next go when these have left. */
  isBusy: boolean;
}

/** A page that takes no more than this gets none, in bytes: it comes back, and says what it has. */
const MOST_WAITING = 64 * 1024 * 1024;

/** @param now the time, in milliseconds since the epoch */
export function createHub(token: string, now: () => number = Date.now): Hub {
  const runs = createRuns(now);
  const pages = new Set<Page>();

  const refuse = (line: Line, reason: RefusalReason) => {
    line.send(JSON.stringify({ type: 'refused', reason } satisfies ToDevice & ToPage));
    line.close();
  };
  const tell = ({ line }: Page, message: ToPage) => {
    if (line.waiting() > MOST_WAITING) line.close();
    else line.send(JSON.stringify(message));
  };
  const tellAll = (message: ToPage) => {
    for (const page of pages) tell(page, message);
  };
  /** Tells a page of each run in turn what it has not been told yet, no faster than it takes it. */
  const keepUp = (page: Page) => {
    if (page.isBusy || !pages.has(page)) return;
    const behind = runs.all().filter(({ device, seq }) => (page.has.get(device.run) ?? 0) < seq);
    if (behind.length === 0) return;
    page.isBusy = true;
    behind.forEach((run, index) => {
      const id = run.device.run;
      const told = nextOf(run, page.has.get(id) ?? 0);
      if (!told) return;
      page.has.set(id, told.last);
      const isLast = index === behind.length - 1;
      page.line.send(`{"type":"records","run":${JSON.stringify(id)},"records":${told.text}}`, () => {
        if (!isLast) return;
        page.isBusy = false;
        keepUp(page);
      });
    });
  };
  const keepAllUp = () => {
    for (const page of pages) keepUp(page);
  };
  const tellDevices = () => tellAll({ type: 'devices', devices: runs.known() });

  /** Whether somebody's first message lets them in. */
  const refusalOf = (message: unknown, type: string): RefusalReason | null => {
    if (!isObject(message) || message.type !== type) return 'nonsense';
    if (!isToken(token, message.token)) return 'token';
    return message.protocol === PROTOCOL ? null : 'protocol';
  };

  return {
    device(line) {
      let run: Run | null = null;
      const answer = (message: ToDevice) => line.send(JSON.stringify(message));

      const greet = (message: unknown) => {
        const refusal = refusalOf(message, 'hello');
        const device = isObject(message) ? readDevice(message.device) : null;
        if (refusal !== null || !device) return refuse(line, refusal ?? 'nonsense');
        run = runs.open(device, line);
        if (!run) return refuse(line, 'crowded');
        answer({ type: 'welcome', seq: run.seq });
        tellDevices();
      };

      const follow = (run: Run, message: unknown) => {
        if (!isObject(message)) return refuse(line, 'nonsense');
        const id = run.device.run;
        if (message.type === 'chart') {
          const chart = readChart(message.chart);
          if (!chart || !learnChart(run, chart)) return skip(run, 1);
          return tellAll({ type: 'chart', run: id, chart });
        }
        if (message.type !== 'records') return refuse(line, 'nonsense');
        const records = listIn(message, 'records').map(readRecord);
        const good = records.flatMap((record) => record ?? []);
        runs.add(run, good);
        // One that is not understood is passed over: it would not be when it came again either.
        for (const record of listIn(message, 'records')) run.seq = Math.max(run.seq, seqOf(record));
        answer({ type: 'got', seq: run.seq });
        if (good.length < records.length) skip(run, records.length - good.length);
        keepAllUp();
      };

      /** What is not understood does not keep the rest from being heard. */
      const skip = (run: Run, count: number) => {
        run.skipped += count;
        if (run.skipped > MOST_SKIPPED) return refuse(line, 'nonsense');
        answer({ type: 'skipped', count: run.skipped });
        tellDevices();
      };

      return {
        heard: (message) => (run ? follow(run, message) : greet(message)),
        closed() {
          if (run?.line !== line) return;
          run.line = null;
          tellDevices();
        },
      };
    },

    page(line) {
      const page: Page = { line, has: new Map(), isBusy: false };
      return {
        heard(message) {
          const refusal = pages.has(page) ? 'nonsense' : refusalOf(message, 'watch');
          if (refusal !== null) return refuse(line, refusal);
          pages.add(page);
          tell(page, { type: 'devices', devices: runs.known() });
          const have = isObject(message) && isObject(message.have) ? message.have : {};
          for (const { device, charts } of runs.all()) {
            const seq = have[device.run];
            if (typeof seq === 'number') page.has.set(device.run, seq);
            for (const chart of charts.values()) tell(page, { type: 'chart', run: device.run, chart });
          }
          keepUp(page);
        },
        closed: () => void pages.delete(page),
      };
    },
  };
}

/** Of one run. A device that says more nonsense is none of ours. */
const MOST_SKIPPED = 100;

function readDevice(value: unknown): Device | null {
  if (!isObject(value)) return null;
  const [run, name, host] = ['run', 'name', 'host'].map((field) => textIn(value, field));
  if (!run || name === undefined || host === undefined) return null;
  return { run, name: cut(name, LONGEST_DEVICE), host: cut(host, LONGEST_DEVICE) };
}

/** The number of a record that may be none. */
function seqOf(record: unknown): number {
  const seq = isObject(record) ? record.seq : 0;
  return Number.isSafeInteger(seq) && typeof seq === 'number' ? seq : 0;
}
