import type { Failure } from '../../ports/failure.js';
import type { HttpResponse, Platform } from '../../ports/platform.js';
import { type Calls, tell } from './calls.js';
import { fieldIn } from './fields.js';

interface Callbacks<Result> {
  success(result: Result): void;
  fail(error: unknown): void;
}

interface RequestOption extends Callbacks<{ statusCode: number; header: unknown; data: unknown }> {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  header?: Record<string, string>;
  data?: object | string;
}

interface UploadOption extends Callbacks<{ statusCode: number; data: string }> {
  url: string;
  filePath: string;
  name: string;
  header?: Record<string, string>;
}

/** What of a host sends something. */
export interface SendingHost {
  request(option: RequestOption): unknown;
  uploadFile?(option: UploadOption): unknown;
}

/** @param lacking what is missing on this base library, as a failure */
type Parts<Subject> = Pick<Calls<Subject>, 'ask'> & { lacking(api: string): Failure };

/** What goes to the app's server. */
export function networkMembers<Subject>(
  host: SendingHost,
  { ask, lacking }: Parts<Subject>,
  subject?: Subject,
): Pick<Platform, 'request' | 'upload'> {
  return {
    request: ({ url, method = 'GET', headers, data }) =>
      ask<HttpResponse>(
        (answer, fail) =>
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
        subject,
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
      }, subject),
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
