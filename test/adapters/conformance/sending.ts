import { expect } from 'vitest';
import type { HttpResponse } from '../../../ports/platform.js';
import type { Question } from './asking.js';

export const upload: Question<HttpResponse> = {
  ask: ({ file, platform }) =>
    platform.upload({ url: 'https://server.test/avatar', filePath: file(), field: 'avatar' }),
  isRight: (response) => expect(response).toMatchObject({ status: 200, data: { ok: true } }),
};
