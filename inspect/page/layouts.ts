import type { State } from '../chart.js';
import type { LayOut, Layout } from '../view/layout.js';
import { trusted } from '../view/trusted.js';
import workerUrl from './layout-worker.ts?worker&url';

interface Told {
  readonly id: number;
  readonly layout?: Layout;
  readonly problem?: string;
}

/** Has charts laid out by a worker. */
export function createLayouts(): LayOut {
  const worker = new Worker(trusted.createScriptURL(workerUrl), { type: 'module' });
  const waiting = new Map<number, { resolve(layout: Layout): void; reject(error: Error): void }>();
  let last = 0;

  worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.layout) asked?.resolve(data.layout);
    else asked?.reject(new Error(data.problem ?? 'The chart could not be drawn.'));
  });
  worker.addEventListener('error', () => {
    for (const { reject } of waiting.values()) reject(new Error('The chart could not be drawn.'));
    waiting.clear();
  });

  return (root: State) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage({ id: last, root });
    });
}
