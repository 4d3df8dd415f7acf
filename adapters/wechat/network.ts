import type { HttpResponse, Platform } from '../../ports/platform.js';
import { ask, tell } from './calls.js';
import { lacking } from './failures.js';
import { fieldIn } from './fields.js';
import type { WechatHost } from './host.js';

/** What goes to the app's server. */
export function networkMembers(host: WechatHost): Pick<Platform, 'request' | 'upload'> {
  return {
    request: ({ url, method = 'GET', headers, data }) =>
      ask<HttpResponse>((answer, fail) =>
        host.request({
          url,
          method,
          ...(headers && { header: { ...headers } }),
          ...(data !== undefined && { data }),
          success: (result) =>
            tell(
              () => ({ status: result.statusCode, headers: lowerCased(result.header), data: result.data }),
              answer,
              fail,
            ),
          fail,
        }),
      ),

    upload: ({ url, filePath, field, headers }) =>
      ask<HttpResponse>((answer, fail) => {
        if (!host.uploadFile) throw lacking('uploadFile');
        host.uploadFile({
          url,
          filePath,
          name: field,
          ...(headers && { header: { ...headers } }),
          success: (result) =>
            tell(
              () => ({
                status: result.statusCode,
                headers: lowerCased(fieldIn(result, 'header')),
                data: parsed(result.data),
              }),
              answer,
              fail,
            ),
          fail,
        });
      }),
  };
}

/** The typings know no headers of an upload's answer, and old base libraries tell none. */
function lowerCased(header: unknown): Record<string, string> {
  const lowered: Record<string, string> = {};
  if (typeof header !== 'object' || header === null) return lowered;
  for (const [name, value] of Object.entries(header)) lowered[name.toLowerCase()] = String(value);
  return lowered;
}

/** An upload's answer is always a text: what a request parses by itself is parsed here. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
