import { Hono } from 'hono';
import type { OwnAuth } from './auth.js';

/** An app on Hono: better-auth answers below `/api/auth`, and the app's own addresses know who is signed in. */
export function honoApp(auth: OwnAuth): Hono {
  const app = new Hono();
  app.all('/api/auth/*', (c) => auth.handler(c.req.raw));
  app.get('/orders', async (c) => {
    const session = await auth.api.getSession({ headers: c.req.raw.headers });
    return session ? c.json({ orders: [], of: session.user.id }) : c.json({ message: 'Sign in first.' }, 401);
  });
  return app;
}
