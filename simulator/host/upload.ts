import { HostFailure } from './host-failure.js';
import type { Network } from './network.js';
import type { Fetch } from './request.js';
import type { TemporaryFiles } from './temporary-files.js';

/** What `uploadFile` reads of its option. */
export interface UploadOption {
  url: string;
  filePath: string;
  /** The part of the form that carries the file. */
  name: string;
  header?: Readonly<Record<string, string>>;
  formData?: Readonly<Record<string, unknown>>;
}

interface Sending {
  network: Network;
  fetch: Fetch;
  referer: string;
  files: TemporaryFiles;
  option: UploadOption;
  signal: AbortSignal;
}

/**
 * Sends one file as hosts do, in a multipart form.
 *
 * @throws HostFailure where there is no such file, or the other side was not reached
 */
export async function sendUpload({ network, fetch, referer, files, option, signal }: Sending): Promise<object> {
  const { url, filePath, name, header, formData = {} } = option;
  const file = files.find(filePath);
  if (!file) throw new HostFailure(`file doesn't exist`);
  network.require();

  const headers = new Headers(header);
  headers.set('referer', referer);
  headers.delete('content-type');
  const body = new FormData();
  for (const [key, value] of Object.entries(formData)) body.append(key, String(value));
  const fileName = filePath.slice(filePath.lastIndexOf('/') + 1);
  const type = fileName.endsWith('.png') ? 'image/png' : 'image/jpeg';
  body.append(name, new Blob([file], { type }), fileName);

  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal, credentials: 'omit' });
    return { statusCode: response.status, data: await response.text() };
  } catch {
    throw network.unreachable();
  }
}
