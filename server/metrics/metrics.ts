import { Counter, Histogram, Registry } from 'prom-client';
import type { HostFetch } from '../hosts/fetch.js';
import { signInOf } from '../http/sign-in-of.js';

/** What Prometheus reads of one server. */
export interface Metrics {
  /** One request, whatever it was. */
  request(line: { method: string; path: string; status: number; seconds: number; code: string | undefined }): void;
  /** The same, whose refusals and failures are counted as the host's. */
  watch(host: string, send: HostFetch): HostFetch;
  /** All of it, as Prometheus reads it. */
  read(): Promise<{ type: string; text: string }>;
}

/** Seconds; a sign-in waits for the host. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts in a registry of its own: two servers in one process do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const signIns = new Counter({
    name: 'denglu_sign_ins_total',
    help: 'Sign-ins by host, kind and outcome; the outcome is ok or the code of the refusal.',
    labelNames: ['host', 'kind', 'outcome'],
    registers,
  });
  const latency = new Histogram({
    name: 'denglu_request_seconds',
    help: 'How long requests took.',
    labelNames: ['method', 'kind', 'status'],
    buckets: BUCKETS,
    registers,
  });
  const openApiErrors = new Counter({
    name: 'denglu_open_api_errors_total',
    help: 'What the open API of a host refused, by its own code, or http_<status>, or network.',
    labelNames: ['host', 'code'],
    registers,
  });

  return {
    request({ method, path, status, seconds, code }) {
      const signIn = signInOf({ method, path });
      latency.observe({ method, kind: signIn?.kind ?? 'other', status }, seconds);
      if (signIn) signIns.inc({ ...signIn, outcome: status < 400 ? 'ok' : (code ?? `http_${status}`) });
    },

    watch: (host, send) => async (url, call) => {
      try {
        const response = await send(url, call);
        const { status } = response;
        const text = await response.text();
        const isRead = status >= 200 && status < 300;
        const code = isRead ? refusalCode(text) : `http_${status}`;
        if (code !== undefined) openApiErrors.inc({ host, code });
        return { status, text: async () => text };
      } catch (error) {
        openApiErrors.inc({ host, code: 'network' });
        throw error;
      }
    },

    read: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}

/** WeChat's `errcode` and Baidu's `errno` (S-01, B-08). Nothing else of an answer is looked at. */
function refusalCode(text: string): string | undefined {
  const [, code] = /"(?:errcode|errno)"\s*:\s*"?(-?\d{1,9})\b/.exec(text) ?? [];
  return code === undefined || Number(code) === 0 ? undefined : code;
}
