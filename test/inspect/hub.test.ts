import { describe, expect, it } from 'vitest';
import { createHub } from '../../inspect/server/hub.js';
import { PROTOCOL } from '../../inspect/wire.js';

const TOKEN = 'a-token-for-tests';
const step = { kind: 'step', at: 0, actor: 'busy#1', machine: 'm', status: 'active', value: 'here' };
const stepOf = (seq: number, more: object = {}) => ({ ...step, seq, order: seq, event: { type: 'GO' }, ...more });

interface Said {
  readonly type: string;
  readonly run?: string;
  readonly count?: number;
  readonly seq?: number;
  readonly records?: readonly { readonly seq: number; readonly value: string }[];
}

/** A connection, and when what was said has left. */
function createLine() {
  const said: Said[] = [];
  const lengths: number[] = [];
  const leaving: (() => void)[] = [];
  let isClosed = false;
  return {
    said,
    lengths,
    send(text: string, taken?: () => void) {
      said.push(JSON.parse(text));
      lengths.push(text.length);
      if (taken) leaving.push(taken);
    },
    close() {
      isClosed = true;
    },
    waiting: () => 0,
    /** All that was said has left, and all that was said then. */
    drain() {
      for (let taken = leaving.shift(); taken; taken = leaving.shift()) taken();
    },
    get isClosed() {
      return isClosed;
    },
    seqs: (run: string) =>
      said.flatMap((message) => (message.run === run ? (message.records ?? []).map(({ seq }) => seq) : [])),
  };
}

function createScene() {
  const hub = createHub(TOKEN, () => 1000);
  const device = (run: string) => {
    const line = createLine();
    const ear = hub.device(line);
    ear.heard({ type: 'hello', protocol: PROTOCOL, token: TOKEN, device: { run, name: run, host: '' } });
    return { line, tell: (message: object) => ear.heard(message) };
  };
  const page = (have = {}) => {
    const line = createLine();
    hub.page(line).heard({ type: 'watch', protocol: PROTOCOL, token: TOKEN, have });
    return line;
  };
  return { device, page };
}

describe('what the command keeps for pages', () => {
  it('has an end in bytes, too, and where each quiet chart is stays', () => {
    const { device, page } = createScene();
    const { tell } = device('long');
    tell({ type: 'records', records: [stepOf(1, { actor: 'quiet#1', value: 'resting' })] });
    const note = 'n'.repeat(10_000);
    for (let seq = 2; seq <= 4000; seq += 1) {
      tell({ type: 'records', records: [stepOf(seq, { event: { type: 'GO', note } })] });
    }
    const late = page();
    late.drain();
    const seqs = late.seqs('long');
    expect(seqs[0]).toBe(1);
    expect(seqs.at(-1)).toBe(4000);
    expect(seqs.length).toBeLessThan(2600);
    expect(seqs.length).toBeGreaterThan(2000);
    expect(seqs).toEqual([...seqs].sort((one, other) => one - other));
  });

  it('is told in messages of some length, the next when the last has left, and no run waits for another', () => {
    const { device, page } = createScene();
    const note = 'n'.repeat(10_000);
    const records = Array.from({ length: 100 }, (_, at) => stepOf(at + 1, { event: { type: 'GO', note } }));
    for (const run of ['one', 'other']) device(run).tell({ type: 'records', records });
    const late = page();
    expect(Math.max(...late.lengths)).toBeLessThan(300 * 1024);
    expect([late.seqs('one').length, late.seqs('other').length]).toEqual([25, 25]);
    late.drain();
    expect([late.seqs('one').length, late.seqs('other').length]).toEqual([100, 100]);
  });

  it('comes in its order to a page that is told of what is new meanwhile', () => {
    const { device, page } = createScene();
    const { tell } = device('run');
    tell({ type: 'records', records: Array.from({ length: 800 }, (_, at) => stepOf(at + 1)) });
    const late = page({ run: 100 });
    tell({ type: 'records', records: [stepOf(801)] });
    late.drain();
    tell({ type: 'records', records: [stepOf(802), stepOf(802)] });
    late.drain();
    expect(late.seqs('run')).toEqual(Array.from({ length: 702 }, (_, at) => at + 101));
  });
});

describe('what the command does not understand', () => {
  it('is passed over, told to the device and to pages, and the rest is heard', () => {
    const { device, page } = createScene();
    const { line, tell } = device('odd');
    const watcher = page();
    tell({ type: 'chart', chart: { id: 'x' } });
    tell({ type: 'records', records: [stepOf(1), stepOf(2, { event: { type: 'x'.repeat(500) } }), stepOf(3)] });
    tell({ type: 'records', records: [stepOf(4, { status: 'odd' })] });
    watcher.drain();
    expect(watcher.seqs('odd')).toEqual([1, 3]);
    expect(line.said.map(({ type, count, seq }) => [type, count ?? seq])).toEqual([
      ['welcome', 0],
      ['skipped', 1],
      ['got', 3],
      ['skipped', 2],
      ['got', 4],
      ['skipped', 3],
    ]);
    expect(watcher.said.filter(({ type }) => type === 'devices').at(-1)).toMatchObject({
      devices: [{ run: 'odd', skipped: 3, since: 1000 }],
    });
    expect(line.isClosed).toBe(false);
  });

  it('ends the line of a device that says nothing else', () => {
    const { device } = createScene();
    const { line, tell } = device('nonsense');
    for (let at = 0; at < 200; at += 1) tell({ type: 'chart', chart: at });
    expect(line.isClosed).toBe(true);
  });
});
