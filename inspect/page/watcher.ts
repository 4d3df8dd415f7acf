import { systemClock } from '../../ports/clock.js';
import type { State } from '../chart.js';
import { createLine } from '../line.js';
import { isObject, listIn, readChart, readRecord, textIn } from '../read.js';
import type { InspectionRecord } from '../record.js';
import { socketsOf } from '../socket.js';
import { type FromPage, type KnownDevice, PAGE_PATH, PROTOCOL } from '../wire.js';

/** What a page hears of the command. */
export interface WatchListener {
  status(status: WatchStatus): void;
  devices(devices: readonly KnownDevice[]): void;
  chart(run: string, chart: State): void;
  records(run: string, records: readonly InspectionRecord[]): void;
}

export type WatchStatus = 'connecting' | 'connected' | 'lost' | 'token' | 'protocol';

/**
 * Watches the devices that the command knows of, and comes back by itself.
 *
 * @param have the newest record that the page has of each run
 * @returns how to stop
 */
export function watchDevices(token: string, have: () => FromPage['have'], listener: WatchListener): () => void {
  const open = socketsOf(window);
  if (!open) throw new Error('This browser has no web sockets.');
  let isRefused = false;

  const heard = (text: string): void => {
    const message: unknown = JSON.parse(text);
    if (!isObject(message)) return;
    const run = textIn(message, 'run') ?? '';
    if (message.type === 'devices') {
      listener.status('connected');
      listener.devices(listIn(message, 'devices').flatMap(readKnownDevice));
    } else if (message.type === 'chart') {
      const chart = readChart(message.chart);
      if (chart) listener.chart(run, chart);
    } else if (message.type === 'records') {
      listener.records(
        run,
        listIn(message, 'records').flatMap((record) => readRecord(record) ?? []),
      );
    } else if (message.type === 'refused') {
      isRefused = true;
      line.close();
      listener.status(message.reason === 'protocol' ? 'protocol' : 'token');
    }
  };

  const line = createLine({
    open,
    url: `${location.origin.replace(/^http/, 'ws')}${PAGE_PATH}`,
    clock: systemClock,
    random: Math.random,
    listener: {
      up: () => line.say(JSON.stringify({ type: 'watch', protocol: PROTOCOL, token, have: have() } satisfies FromPage)),
      heard,
      down: () => {
        if (!isRefused) listener.status('lost');
      },
    },
  });
  listener.status('connecting');
  return line.close;
}

function readKnownDevice(value: unknown): KnownDevice[] {
  if (!isObject(value)) return [];
  const [run, name, host] = ['run', 'name', 'host'].map((field) => textIn(value, field));
  if (run === undefined || name === undefined || host === undefined) return [];
  const [since, skipped] = ['since', 'skipped'].map((field) => Number(value[field]) || 0);
  return [{ run, name, host, connected: value.connected === true, since: since ?? 0, skipped: skipped ?? 0 }];
}
