import { memoryServer, realServer } from './backend/bench.js';
import { describeBackend } from './backend-conformance.js';

for (const host of ['wechat', 'baidu'] as const) {
  describeBackend('the memory server', memoryServer, host);
  describeBackend('the real server', realServer, host);
}
