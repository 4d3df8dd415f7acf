import type { GenericEndpointContext } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import type { z } from 'zod';
import { Refusal } from '../errors.js';
import { storeRefusal } from '../store-errors.js';

export const metadata = { noStore: true };

/**
 * An endpoint that takes JSON.
 *
 * @param method of HTTP
 * @param path below better-auth's own
 * @param body what is taken
 * @param answer what is answered; a {@link Refusal} that it throws is sent as clients know it
 */
export function jsonEndpoint<Path extends string, Body, Answer>(
  method: 'POST' | 'PUT',
  path: Path,
  body: z.ZodType<Body>,
  answer: (body: Body, ctx: GenericEndpointContext) => Promise<Answer>,
) {
  return createAuthEndpoint(
    path,
    {
      method,
      body,
      metadata,
      onValidationError({ message }) {
        throw toApiError(new Refusal('INVALID_REQUEST', { message }));
      },
    },
    (ctx) => refusable(() => answer(ctx.body, ctx)),
  );
}

/** A refusal as better-auth sends it. */
export function toApiError(refusal: Refusal): APIError {
  return new APIError(refusal.status, refusal.body, refusal.headers);
}

/** Puts what is refused as better-auth sends it. */
export async function refusable<T>(answer: () => Promise<T>): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    const refusal = error instanceof Refusal ? error : storeRefusal(error);
    throw refusal ? toApiError(refusal) : error;
  }
}
