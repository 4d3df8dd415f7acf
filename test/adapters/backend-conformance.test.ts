import { memoryServer, realServer } from './backend/bench.js';
import { describeBackend } from './backend-conformance.js';

describeBackend('the memory server', memoryServer);
describeBackend('the real server', realServer);
