import type { State } from '../chart.js';
import type { LayOut, Layout } from '../view/layout.js';
import { trusted } from '../view/trusted.js';
import workerUrl from './layout-worker.ts?worker&url';

/** What the worker says. */
export type Told =
  | { readonly type: 'ready' }
  | { readonly type: 'layout'; readonly layout: Layout }
  | { readonly type: 'problem'; readonly problem: string };

interface Job {
  readonly root: State;
  resolve(layout: Layout): void;
  reject(error: Error): void;
}

/** For one chart, in milliseconds: the largest of this package takes a tenth of it. */
const PATIENCE = 5000;

/**
 * Has charts laid out by a worker, one at a time, the one that was asked for last first: that is the one that is looked at.
 * A chart that takes too long is given up with the worker, so that it holds up nobody else's.
 */
export function createLayouts(): LayOut {
  const waiting: Job[] = [];
  let worker: Worker | null = null;
  let isReady = false;
  let current: Job | null = null;
  let patience = 0;

  const start = () => {
    const started = new Worker(trusted.createScriptURL(workerUrl), { type: 'module' });
    started.addEventListener('message', ({ data }: MessageEvent<Told>) => hear(data));
    started.addEventListener('error', () => giveUp('The chart could not be drawn.'));
    return started;
  };

  const next = () => {
    if (current || waiting.length === 0) return;
    worker ??= start();
    if (!isReady) return;
    current = waiting.pop() ?? null;
    worker.postMessage(current?.root);
    patience = window.setTimeout(() => giveUp('The chart took too long to be drawn.'), PATIENCE);
  };

  const done = (): Job | null => {
    const job = current;
    current = null;
    window.clearTimeout(patience);
    return job;
  };

  function hear(told: Told): void {
    if (told.type === 'ready') isReady = true;
    else if (told.type === 'layout') done()?.resolve(told.layout);
    else done()?.reject(new Error(told.problem));
    next();
  }

  function giveUp(reason: string): void {
    worker?.terminate();
    worker = null;
    isReady = false;
    const job = done() ?? waiting.pop();
    job?.reject(new Error(reason));
    next();
  }

  return (root) =>
    new Promise((resolve, reject) => {
      waiting.push({ root, resolve, reject });
      next();
    });
}
