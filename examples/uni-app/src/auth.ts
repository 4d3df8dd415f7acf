import { createAuth } from 'denglu';
import { server } from 'denglu/adapters/server';
import { wechat } from 'denglu/adapters/wechat';

/** The server that `npm start` runs, where the build names no other. */
const baseUrl: string = import.meta.env.VITE_API_URL || 'http://127.0.0.1:8787';

export const auth = createAuth({ platform: wechat(), backend: server({ baseUrl }) });
