import { Hono } from 'hono';
import type { Metrics } from '../metrics/metrics.js';

/** Where Prometheus reads, on whatever port it is served. */
export function metricsApp(metrics: Metrics): Hono {
  return new Hono().get('/metrics', async (c) => {
    const { type, text } = await metrics.read();
    return c.body(text, 200, { 'content-type': type });
  });
}
