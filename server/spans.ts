import { type Span, type SpanOptions, SpanStatusCode, trace } from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions';

/**
 * Where spans come from. Nobody hears of them unless an SDK of OpenTelemetry runs in this process.
 *
 * They hold methods, addresses that we know, our own words, numbers and codes. Headers, queries, bodies and the messages of
 * errors hold secrets, and are never part of them (S-06, G-23).
 */
export const tracer = trace.getTracer('denglu-server');

/** Does something within a span, which ends with it. What it throws is told by its kind alone. */
export function inSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, options, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      failSpan(span, kindOf(error));
      throw error;
    } finally {
      span.end();
    }
  });
}

/** @param kind as few different ones as there are reasons */
export function failSpan(span: Span, kind: string): void {
  span.setAttribute(ATTR_ERROR_TYPE, kind);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** The code of an error, if it looks like one, or its name. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : error.name;
}
