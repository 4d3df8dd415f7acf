import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const GRACE = 5_000;
const onWindows = process.platform === 'win32';

/** @type {Set<ChildProcess>} */
const running = new Set();

/**
 * Starts a child in a process group of its own, so that it can be stopped with everything it started. No child outlives
 * this process, unless this process is killed by force.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {ChildProcess}
 */
export function startChild(command, args, options = {}) {
  if (running.size === 0) watchSignals();
  const child = spawn(command, args, { ...options, detached: !onWindows });
  running.add(child);
  child.once('exit', () => forget(child));
  child.once('error', () => forget(child));
  return child;
}

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {boolean} [options.shown] whether its output goes to the terminal; else it is only kept
 * @param {number} [options.patience] milliseconds of silence after which it is given up
 * @param {NodeJS.ProcessEnv} [options.env] variables added to this process's own
 * @returns {Promise<{ code: number, output: string }>} as {@link endOf} tells it
 */
export function run(command, args, { shown = false, patience, env } = {}) {
  const child = startChild(command, args, {
    env: { ...process.env, ...env },
    stdio: shown ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const impatience = patience === undefined ? undefined : setTimeout(() => stopChild(child), patience);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
      impatience?.refresh();
    });
  }
  return endOf(child).then((end) => {
    clearTimeout(impatience);
    return { code: typeof end === 'number' ? end : 1, output };
  });
}

/**
 * How a child ended: its exit code (127 where the command does not exist) or the signal that ended it. Never settles once
 * this process was told to end: whatever comes next is not wanted any more.
 *
 * @param {ChildProcess} child
 * @returns {Promise<number | NodeJS.Signals>}
 */
export function endOf(child) {
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code, signal) => {
      if (!interrupted) resolve(signal ?? code ?? 1);
    });
  });
}

/**
 * Stops a child and all it started: politely at first, by force after five seconds.
 *
 * @param {ChildProcess} child
 * @returns {Promise<void>} settles when it is gone
 */
export function stopChild(child) {
  if (!running.has(child)) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    signalGroup(child, 'SIGTERM');
  });
}

/** Stops all children. */
export async function stopChildren() {
  await Promise.all([...running].map(stopChild));
}

/** @param {ChildProcess} child */
function forget(child) {
  if (!onWindows) signalGroup(child, 'SIGKILL');
  running.delete(child);
  if (running.size === 0) ignoreSignals();
}

/**
 * @param {ChildProcess} child
 * @param {'SIGTERM' | 'SIGKILL'} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  if (onWindows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
let interrupted = false;

/** @param {NodeJS.Signals} signal */
async function onSignal(signal) {
  const code = 128 + constants.signals[signal];
  if (interrupted) process.exit(code);
  interrupted = true;
  await stopChildren();
  process.exit(code);
}

function killAll() {
  for (const child of running) signalGroup(child, 'SIGKILL');
}

function watchSignals() {
  for (const signal of SIGNALS) process.on(signal, onSignal);
  process.on('exit', killAll);
}

function ignoreSignals() {
  for (const signal of SIGNALS) process.off(signal, onSignal);
  process.off('exit', killAll);
}
