import { SpanKind } from '@opentelemetry/api';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
} from '@opentelemetry/semantic-conventions';
import { inSpan } from '../spans.js';
import type { HostFetch } from './fetch.js';

/** The same, with a span for each call of a host's open API. The host is told nothing of it. */
export function traceHost(host: string, send: HostFetch): HostFetch {
  return (url, call) => {
    const { hostname, pathname } = new URL(url);
    const method = call.method ?? 'GET';
    const attributes = { 'denglu.host': host, [ATTR_HTTP_REQUEST_METHOD]: method, [ATTR_SERVER_ADDRESS]: hostname };
    return inSpan(`${method} ${pathname}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const response = await send(url, call);
      span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, response.status);
      return response;
    });
  };
}
