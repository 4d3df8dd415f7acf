import { describe, expect, it } from 'vitest';
import { Refusal } from '../../server/errors.js';
import { baiduApi } from '../../server/hosts/baidu-api.js';
import { answers, breaks, hangs, type Treatment } from './support/open-api.js';

const SESSION = { openid: 'o-1', session_key: '1df09d0a1677dd72b8325aec59576e0c' };

/** What the exchange of a code comes to, where the host treats it so; and what was sent. */
async function exchanged(treatment: Treatment) {
  const sent: Request[] = [];
  const exchange = baiduApi({
    appKey: 'app key & more',
    appSecret: 'secret+/=',
    timeout: 30,
    fetch: async (input, init) => {
      sent.push(new Request(input, init));
      return treatment(init?.signal);
    },
  });
  const outcome = await exchange('the+code').catch((error: unknown) => error);
  return { outcome, sent };
}

const refusal = (body: unknown, status = 200) => exchanged(answers(body, status)).then(({ outcome }) => outcome);

describe('the session exchange (B-08)', () => {
  it('posts a form, follows nobody, and answers who it is', async () => {
    const { outcome, sent } = await exchanged(answers(SESSION));
    expect(outcome).toEqual({ openid: 'o-1', sessionKey: SESSION.session_key });
    const [request] = sent;
    expect([request?.method, request?.url, request?.redirect]).toEqual([
      'POST',
      'https://spapi.baidu.com/oauth/jscode2sessionkey',
      'error',
    ]);
    expect(request?.headers.get('content-type')).toMatch(/^application\/x-www-form-urlencoded/);
    const form = Object.fromEntries(new URLSearchParams(await request?.text()));
    expect(form).toEqual({ code: 'the+code', client_id: 'app key & more', sk: 'secret+/=' });
  });

  it.each([
    [{ errno: 3, error: 'invalid_grant', error_description: 'Invalid authorization code' }, 'CODE_INVALID'],
    [{ errno: '3', error: 'invalid_code', error_description: '' }, 'CODE_INVALID'],
    [{ error: 'invalid_grant', error_description: 'Authorization code expired' }, 'CODE_INVALID'],
    [{ errno: 3, error: 'invalid_grant', error_description: 'code has been used' }, 'CODE_USED'],
    [{ errno: 2, error: 'invalid_client', error_description: 'unknown client id' }, 'HOST_MISCONFIGURED'],
    [{ errno: 2, error_description: 'sk is wrong' }, 'HOST_MISCONFIGURED'],
    [{ errno: 9, error: 'rate', error_description: 'too many requests' }, 'RATE_LIMITED'],
    [{ errno: 9, error: 'temporarily_unavailable' }, 'HOST_BUSY'],
    [{ errno: 12345, error: 'whatever', error_description: 'nobody knows' }, 'HOST_UNAVAILABLE'],
    [{ errno: 12345 }, 'HOST_UNAVAILABLE'],
  ])('reads the words of an error, as its numbers are published nowhere: %o is %s', async (body, code) => {
    expect(await refusal(body)).toMatchObject({ name: 'Refusal', code });
    expect(await refusal(body, 400)).toMatchObject({ name: 'Refusal', code });
  });

  it('tells nothing of a description, which may repeat the code', async () => {
    const outcome = await refusal({ errno: 12345, error: 'x', error_description: 'no the+code' });
    expect(outcome).toBeInstanceOf(Refusal);
    expect(JSON.stringify(outcome instanceof Refusal && outcome.body)).not.toContain('the+code');
  });

  it('takes errno 0 for no error', async () => {
    expect(await refusal({ errno: 0, error: '', ...SESSION })).toMatchObject({ openid: 'o-1' });
  });

  it.each<[string, Treatment]>([
    ['cannot be reached', breaks],
    ['answers HTTP 500', answers(SESSION, 500)],
    ['answers a page', answers('<html>maintenance</html>')],
    ['answers nothing', answers('')],
    ['answers null', answers(null)],
    ['answers a list', answers([SESSION])],
    ['leaves out the openid', answers({ session_key: SESSION.session_key })],
    ['leaves out the session key', answers({ openid: 'o-1' })],
    ['answers an openid that is no text', answers({ ...SESSION, openid: 7 })],
    ['answers an openid without end', answers({ ...SESSION, openid: 'o'.repeat(5000) })],
  ])('is HOST_UNAVAILABLE where the host %s', async (_, treatment) => {
    expect((await exchanged(treatment)).outcome).toMatchObject({ code: 'HOST_UNAVAILABLE', status: 502 });
  });

  it('is HOST_UNAVAILABLE with 504 where the host is too slow', async () => {
    expect((await exchanged(hangs)).outcome).toMatchObject({ code: 'HOST_UNAVAILABLE', status: 504 });
  });
});
