import { crowds, type Measuring } from './crowds.js';
import type { Database } from './databases.js';
import type { Load } from './load.js';
import { inTurn } from './rounds.js';
import { openSite } from './site.js';
import { type Figure, figure, quantile, ratio } from './statistics.js';

/** Enough for the engine to have compiled what runs often, unless the machine is very busy. */
const WARM_UP = { lasts: 30_000, most: 3000 };
const ROUND = 1500;
const ROUNDS = 5;
/** Enough that a server never waits for the next one. */
const AT_ONCE = 16;

const LATENCY_ROUND = 2500;
const LATENCY_ROUNDS = 3;

/** What one way to sign in came to. */
export interface SignIns {
  measuring: Measuring;
  perSecond: Figure;
  /** To better-auth's anonymous sign-in, round by round. */
  ratio: Figure;
  /** Milliseconds of the server's processor for each. */
  cpu: Figure;
  latency: Latency;
}

/** At a constant rate. */
export interface Latency {
  /** Sign-ins that begin in a second: half of the most that are answered. */
  rate: number;
  /** In milliseconds. */
  p50: Figure;
  p99: Figure;
}

/** Signs in as fast as one server answers, and then half as fast, on one database. */
export async function measureSignIns({ url }: Database): Promise<SignIns[]> {
  const site = await openSite(url);
  try {
    const denglu = await site.serve('denglu');
    const servers = { denglu: [denglu], anonymous: [await site.serve('anonymous')] };
    const send = ({ crowd, kind }: Measuring, load: Omit<Load, 'urls' | 'crowd'>) =>
      site.load(servers[kind], { crowd, ...load });
    for (const each of crowds) await send(each, { ...WARM_UP, pace: { atOnce: AT_ONCE } });

    const fast = await inTurn(
      ROUNDS,
      crowds.map((each) => () => send(each, { lasts: ROUND, pace: { atOnce: AT_ONCE } })),
    );
    const speeds = fast.map((rounds) => rounds.map(({ ok, took }) => (ok / took) * 1000));
    const rates = speeds.map((speed) => quantile(speed, 0.5) / 2);
    const paced = await inTurn(
      LATENCY_ROUNDS,
      crowds.map((each, index) => () => send(each, { lasts: LATENCY_ROUND, pace: { perSecond: rates[index] ?? 1 } })),
    );

    return crowds.map((measuring, index) => {
      const rounds = fast[index] ?? [];
      const waits = (paced[index] ?? []).map(({ latencies }) => latencies);
      return {
        measuring,
        perSecond: figure(speeds[index] ?? []),
        ratio: ratio(speeds[index] ?? [], speeds[0] ?? []),
        cpu: figure(rounds.map(({ cpu, ok }) => cpu / ok)),
        latency: {
          rate: rates[index] ?? 0,
          p50: figure(waits.map((each) => quantile(each, 0.5))),
          p99: figure(waits.map((each) => quantile(each, 0.99))),
        },
      };
    });
  } finally {
    await site.end();
  }
}
