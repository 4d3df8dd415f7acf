import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import express, { type Express } from 'express';
import type { OwnAuth } from './auth.js';

/** An app on Express: better-auth answers below `/api/auth`, before anything else reads the bodies of its requests. */
export function expressApp(auth: OwnAuth): Express {
  const app = express();
  app.all('/api/auth/{*path}', toNodeHandler(auth));
  app.use(express.json());
  app.get('/orders', async (request, response) => {
    const session = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
    if (session) response.json({ orders: [], of: session.user.id });
    else response.status(401).json({ message: 'Sign in first.' });
  });
  return app;
}
