import { SpanKind, trace } from '@opentelemetry/api';
import {
  ATTR_DB_COLLECTION_NAME,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_SYSTEM_NAME,
} from '@opentelemetry/semantic-conventions';
import type { LogEvent } from 'kysely';
import { failSpan, kindOf, tracer } from '../spans.js';
import type { DatabaseType } from './opened.js';

const SYSTEMS: Record<DatabaseType, string> = { sqlite: 'sqlite', postgres: 'postgresql', mysql: 'mysql' };

/**
 * Puts each statement of a request down as a span, once it has ended: what it did, and to which table. What a start of the
 * server does belongs to no request.
 */
export function traceStatement(type: DatabaseType): (event: LogEvent) => void {
  return (event) => {
    if (!trace.getActiveSpan()) return;
    const { sql } = event.query;
    const operation = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? 'STATEMENT';
    const table = /\b(?:from|into|update)\s+["`]?(\w+)/i.exec(sql)?.[1];
    const endTime = Date.now();
    const span = tracer.startSpan(table === undefined ? operation : `${operation} ${table}`, {
      kind: SpanKind.CLIENT,
      startTime: endTime - event.queryDurationMillis,
      attributes: {
        [ATTR_DB_SYSTEM_NAME]: SYSTEMS[type],
        [ATTR_DB_OPERATION_NAME]: operation,
        ...(table !== undefined && { [ATTR_DB_COLLECTION_NAME]: table }),
      },
    });
    if (event.level === 'error') failSpan(span, kindOf(event.error));
    span.end(endTime);
  };
}
