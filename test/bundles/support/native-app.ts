import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../ports/clock.js';
import { filesIn } from '../../build/support/built-files.js';
import {
  createDeviceContext,
  type DeviceContextOptions,
  type HostDevice,
} from '../../simulator/support/device-context.js';

/** What each app has to give besides: the timers of its context. */
export const TIMERS =
  'const timers = { setTimeout: (call, ms) => setTimeout(call, ms), clearTimeout: (timer) => clearTimeout(timer) };';

/**
 * A native build, and an app beside it.
 *
 * @param folder where the build is
 * @param script the app's own, which exports what the test is to have
 * @returns code by path; the app's is `app.js`
 */
export function appBeside(folder: string, script: string): Record<string, string> {
  const files: Record<string, string> = { 'app.js': `'use strict'; ${TIMERS} exports.timers = timers; ${script}` };
  for (const file of filesIn(folder)) if (file.endsWith('.js')) files[file] = readFileSync(join(folder, file), 'utf8');
  return files;
}

/**
 * Runs an app's `app.js` on a device.
 *
 * @returns its exports, and a clock: the context's own timers run on the test's time, and its Date does not
 */
export function runApp<Kit>(
  device: HostDevice,
  files: Readonly<Record<string, string>>,
  options: DeviceContextOptions,
): Kit & { clock: Clock } {
  const kit = createDeviceContext(device, options).run(files, 'app.js') as Kit & { timers: Omit<Clock, 'now'> };
  return { ...kit, clock: { ...kit.timers, now: () => device.clock.now() } };
}
