import { createDecipheriv, randomBytes } from 'node:crypto';
import { decryptText, readPhone } from '../../server/hosts/wechat-data.js';
import { phoneInfo, seal, watermarkNow } from '../../test/server/support/open-api.js';
import { type Figure, figure, ratio } from './statistics.js';

const APP_ID = 'wx0123456789abcdef';
const WARM_UP = 20_000;
const ROUND = 2000;
/** Many short rounds: what disturbs one of them disturbs few. */
const ROUNDS = 150;

/** One way to decrypt the same phone number. */
export interface Decryptions {
  name: string;
  perSecond: Figure;
  /** To `node:crypto` alone, round by round. */
  ratio: Figure;
}

/** Decrypts one phone number over and over, by `node:crypto` alone and by ours, in turn. */
export function measureDecryptions(): Decryptions[] {
  const sessionKey = randomBytes(16).toString('base64');
  const data = seal(sessionKey, phoneInfo('+8613800138000', watermarkNow(APP_ID)));
  const bare = () => {
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), Buffer.from(data.iv, 'base64'));
    const plain = Buffer.concat([decipher.update(Buffer.from(data.encryptedData, 'base64')), decipher.final()]);
    return plain.toString('utf8');
  };
  const ways = [
    { name: '`node:crypto` alone: base64, AES-128-CBC, UTF-8', run: bare },
    {
      name: 'denglu, the same, strictly: neither text that is no base64 nor bytes that are no UTF-8',
      run: () => decryptText(sessionKey, data),
    },
    {
      name: 'denglu, to the number: JSON, its schema and the watermark as well',
      run: () => readPhone(sessionKey, data, APP_ID),
    },
  ];
  for (const { run } of ways) repeat(run, WARM_UP);
  const speeds: number[][] = ways.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { run }] of ways.entries()) {
      const begin = performance.now();
      repeat(run, ROUND);
      speeds[index]?.push((ROUND / (performance.now() - begin)) * 1000);
    }
  }
  return ways.map(({ name }, index) => ({
    name,
    perSecond: figure(speeds[index] ?? []),
    ratio: ratio(speeds[index] ?? [], speeds[0] ?? []),
  }));
}

function repeat(run: () => string, times: number): void {
  for (let time = 0; time < times; time += 1) run();
}
