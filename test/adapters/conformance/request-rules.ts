import { expect, it } from 'vitest';
import type { HttpRequest, Upload } from '../../../ports/platform.js';
import { watch } from '../../support/app.js';
import { type Bench, type Device, SOON, setUp, type WillingRig } from './rig.js';

export function testRequests<D extends Device>(rig: WillingRig<D>): void {
  const send = async (bench: Bench, asked: HttpRequest) => {
    const answer = watch(Promise.resolve(bench.platform.request(asked)));
    await bench.clock.advance(SOON);
    return answer.outcome;
  };

  const sendFile = async (bench: Bench, more: Partial<Upload> = {}) => {
    const file = { url: 'https://server.test/avatar', filePath: bench.file(), field: 'picture', ...more };
    const answer = watch(Promise.resolve(bench.platform.upload(file)));
    await bench.clock.advance(SOON);
    return answer.outcome;
  };

  it('G-04: data goes as a JSON body, every character of it', async () => {
    const bench = await setUp(rig);
    const data = { encryptedData: 'ab+/cd+==', iv: '++//==', nickname: '小明 & 小红', nested: [{ n: 1 }, null, true] };
    for (const method of ['POST', 'PUT'] as const) {
      await send(bench, { url: 'https://server.test/echo', method, data });
      const sent = bench.server.requests.at(-1);
      expect(sent?.method).toBe(method);
      expect(sent?.headers.get('content-type')).toMatch(/^application\/json/);
      expect(JSON.parse(sent?.body ?? '')).toEqual(data);
    }
  });

  it('data of a GET goes as its query, beside the one that is there', async () => {
    const bench = await setUp(rig);
    await send(bench, { url: 'https://server.test/echo?page=2', data: { name: '小明+小红', size: 10 } });
    const sent = bench.server.requests.at(-1);
    expect(sent).toMatchObject({ method: 'GET', body: '' });
    const query = Object.fromEntries(new URL(sent?.url ?? '').searchParams);
    expect(query).toEqual({ page: '2', name: '小明+小红', size: '10' });
  });

  it('headers and address arrive as they were given, with no body where there is no data', async () => {
    const bench = await setUp(rig);
    const headers = { authorization: 'Bearer abc', 'X-Trace': 't-1' };
    await send(bench, { url: 'https://server.test/a%20b?c=d', method: 'DELETE', headers });
    const sent = bench.server.requests.at(-1);
    expect(sent).toMatchObject({ method: 'DELETE', url: 'https://server.test/a%20b?c=d', body: '' });
    expect([sent?.headers.get('authorization'), sent?.headers.get('x-trace')]).toEqual(['Bearer abc', 't-1']);
  });

  it('names of headers are answered in lower case, whatever the server wrote', async () => {
    const bench = await setUp(rig);
    bench.server.answerWith(() => new Response('', { headers: { 'Retry-After': '7', 'X-TRACE': 't-1' } }));
    const outcome = await send(bench, { url: 'https://server.test/echo' });
    expect(outcome).toMatchObject({ value: { headers: { 'retry-after': '7', 'x-trace': 't-1' } } });
  });

  it('G-22: a file goes in its field of a form, with the headers that were given', async () => {
    const bench = await setUp(rig);
    const headers = { authorization: 'Bearer abc' };
    await sendFile(bench, { headers });
    const sent = bench.server.requests.at(-1);
    expect(sent).toMatchObject({ method: 'POST', url: 'https://server.test/avatar' });
    expect(sent?.headers.get('content-type')).toMatch(/^multipart\/form-data/);
    expect(sent?.headers.get('authorization')).toBe('Bearer abc');
    expect(sent?.body).toMatch(/name="picture"; filename=".+"/);
  });

  it('every status is an answer to a file too, parsed where it is JSON', async () => {
    const bench = await setUp(rig);
    for (const [text, data] of [
      ['{"avatarUrl":"https://a.test/小明.png"}', { avatarUrl: 'https://a.test/小明.png' }],
      ['<html>小明</html>', '<html>小明</html>'],
      ['', ''],
    ] as const) {
      for (const status of [201, 401, 413, 500]) {
        bench.server.answerWith(() => new Response(text, { status }));
        expect(await sendFile(bench)).toMatchObject({ value: { status, data, headers: expect.any(Object) } });
      }
    }
  });

  it('every status is an answer, with the text where it is not JSON', async () => {
    const bench = await setUp(rig);
    for (const status of [201, 401, 404, 429, 500, 503]) {
      bench.server.answerWith(() => new Response('<html>小明</html>', { status }));
      const outcome = await send(bench, { url: 'https://server.test/echo' });
      expect(outcome).toMatchObject({ value: { status, data: '<html>小明</html>' } });
    }
  });
}
