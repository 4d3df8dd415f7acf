import { cpus, loadavg, totalmem } from 'node:os';

/** The machine's size, and what else it has to do now, as the page tells it. */
export function machine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const [load = 0] = loadavg();
  return `${cpus().length} cores (${first?.model.trim() || 'of an unknown kind'}), ${memory} GiB of memory, Node ${process.versions.node}, with a load average of ${load.toFixed(1)} when it began`;
}
