import type { Context } from 'hono';
import { z } from 'zod';
import { type ErrorCode, errorCodes, Refusal } from '../errors.js';
import { HSERVE, hserveError } from '../hserve/transport.js';
import { reasonOf } from '../reason.js';
import type { Env } from './env.js';
import { loggable } from './loggable.js';

/** Sends a refusal in the one shape that clients know; those of the BaaS SDK know another. */
export function refuse(c: Context<Env>, refusal: Refusal): Response {
  c.set('refusal', refusal.body);
  if (refusal.cause !== undefined) c.set('cause', reasonOf(loggable(refusal.cause)));
  if (c.req.path.startsWith(HSERVE)) {
    const { status, body } = hserveError(refusal);
    return c.json(body, status, refusal.headers);
  }
  return c.json(refusal.body, refusal.status, refusal.headers);
}

/**
 * Sends what better-auth answered, and of its headers only the type: no cookie is ever set. Where it refused before
 * denglu's own code was reached, that is put into our shape.
 */
export async function relay(c: Context<Env>, response: Response): Promise<Response> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return c.json(body, response.status === 201 ? 201 : 200);
  const own = OwnRefusal.safeParse({ body, status: response.status });
  return refuse(c, own.success ? own.data : foreignRefusal(response.status));
}

const codes = Object.keys(errorCodes) as [ErrorCode];

const OwnRefusal = z
  .object({
    status: z.int(),
    body: z.object({ code: z.enum(codes), message: z.string(), retryAfter: z.number().optional() }),
  })
  .transform(({ status, body: { code, ...details } }) => {
    return new Refusal(code, { ...details, status: status === 504 ? status : undefined });
  });

function foreignRefusal(status: number): Refusal {
  if (status === 404) return new Refusal('NOT_FOUND');
  if (status === 415) return new Refusal('INVALID_REQUEST', { message: 'The content type must be application/json.' });
  if (status < 500) return new Refusal('INVALID_REQUEST', { message: 'The body is not valid JSON.' });
  return new Refusal('INTERNAL');
}
