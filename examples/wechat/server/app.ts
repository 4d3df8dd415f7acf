import type { HttpBindings } from '@hono/node-server';
import type { Server } from 'denglu-server';
import { Hono } from 'hono';

const USER = '/api/auth/denglu/user';

/**
 * An app's own endpoints beside those of denglu's server.
 *
 * @param signIn knows whose a token is
 */
export function createApp(signIn: Pick<Server, 'fetch'>) {
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.get('/orders', async (c) => {
    const authorization = c.req.header('authorization') ?? '';
    const question = new Request(new URL(USER, c.req.url), { headers: { authorization } });
    const answer = await signIn.fetch(question, c.env);
    // At a 401 the client renews its session, and asks once more.
    if (!answer.ok) return answer;
    const { user }: { user: { id: string } } = await answer.json();
    return c.json({ orders: ordersOf(user.id) });
  });

  app.all('*', (c) => signIn.fetch(c.req.raw, c.env));

  return app;
}

/** A real server asks its database. */
function ordersOf(userId: string) {
  return [
    { id: `${userId}-1`, title: '龙井茶 · Longjing tea', price: 68 },
    { id: `${userId}-2`, title: '茶杯 · Tea cup', price: 25 },
  ];
}
