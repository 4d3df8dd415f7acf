import { isObject, listIn, readChart, readRecord, textIn } from '../read.js';
import { type Device, PROTOCOL, type RefusalReason, type ToDevice, type ToPage } from '../wire.js';
import { createRuns, learnChart, type Run } from './runs.js';
import { isToken } from './token.js';

/** A connection, as far as the hub is concerned. */
export interface Line {
  send(text: string): void;
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

/** A page that takes no more than this gets none, in bytes: it comes back, and says what it has. */
const MOST_WAITING = 64 * 1024 * 1024;
const BATCH = 500;

export function createHub(token: string): Hub {
  const runs = createRuns();
  const pages = new Set<Line>();

  const refuse = (line: Line, reason: RefusalReason) => {
    line.send(JSON.stringify({ type: 'refused', reason } satisfies ToDevice & ToPage));
    line.close();
  };
  const tell = (page: Line, message: ToPage) => {
    if (page.waiting() > MOST_WAITING) page.close();
    else page.send(JSON.stringify(message));
  };
  const tellAll = (message: ToPage) => {
    for (const page of pages) tell(page, message);
  };
  const tellDevices = () => tellAll({ type: 'devices', devices: runs.known() });

  /** Whether somebody's first message lets them in. */
  const refusalOf = (message: unknown, type: string): RefusalReason | null => {
    if (!isObject(message) || message.type !== type) return 'nonsense';
    if (!isToken(token, message.token)) return 'token';
    return message.protocol === PROTOCOL ? null : 'protocol';
  };

  const catchUp = (page: Line, run: Run, have: number) => {
    for (const chart of run.charts.values()) tell(page, { type: 'chart', run: run.device.run, chart });
    const records = run.records.filter(({ seq }) => seq > have);
    for (let first = 0; first < records.length; first += BATCH) {
      tell(page, { type: 'records', run: run.device.run, records: records.slice(first, first + BATCH) });
    }
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
          if (!chart || !learnChart(run, chart)) return refuse(line, 'nonsense');
          return tellAll({ type: 'chart', run: id, chart });
        }
        if (message.type !== 'records') return refuse(line, 'nonsense');
        const records = listIn(message, 'records').map(readRecord);
        const good = records.flatMap((record) => record ?? []);
        const fresh = runs.add(run, good);
        answer({ type: 'got', seq: run.seq });
        if (fresh.length > 0) tellAll({ type: 'records', run: id, records: fresh });
        if (good.length < records.length) refuse(line, 'nonsense');
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
      return {
        heard(message) {
          const refusal = pages.has(line) ? 'nonsense' : refusalOf(message, 'watch');
          if (refusal !== null) return refuse(line, refusal);
          pages.add(line);
          tell(line, { type: 'devices', devices: runs.known() });
          const have = isObject(message) && isObject(message.have) ? message.have : {};
          for (const run of runs.all()) {
            const seq = have[run.device.run];
            catchUp(line, run, typeof seq === 'number' ? seq : 0);
          }
        },
        closed: () => void pages.delete(line),
      };
    },
  };
}

const LONGEST_NAME = 80;

function readDevice(value: unknown): Device | null {
  if (!isObject(value)) return null;
  const [run, name, host] = ['run', 'name', 'host'].map((field) => textIn(value, field, LONGEST_NAME));
  if (!run || name === undefined || host === undefined) return null;
  return { run, name, host };
}
