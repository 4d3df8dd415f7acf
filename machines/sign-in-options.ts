/** What a caller wants of a sign-in. Calls that want the same share one (G-05, G-06). */
export interface SignInOptions {
  /** Whether a user is made where this host account has none. Default `true`. */
  createUser?: boolean | undefined;
  /** Whether a user of the same person in another app counts as this one. Default `false`. */
  withUnionId?: boolean | undefined;
}

/** {@link SignInOptions} with nothing left open. */
export interface Wish {
  readonly createUser: boolean;
  readonly withUnionId: boolean;
}

/**
 * @param wanted what the caller says
 * @param defaults what counts where the caller says nothing
 */
export function wishFrom(wanted: SignInOptions = {}, defaults: SignInOptions = {}): Wish {
  return {
    createUser: wanted.createUser ?? defaults.createUser ?? true,
    withUnionId: wanted.withUnionId ?? defaults.withUnionId ?? false,
  };
}

/** Equal wishes share one sign-in; different ones never do (G-06). */
export function keyOf({ createUser, withUnionId }: Wish): string {
  return `createUser=${createUser} withUnionId=${withUnionId}`;
}
