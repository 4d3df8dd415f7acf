/**
 * How a component has to declare what its page may give: every property, each in the host's type for it. One that may
 * be `null` has no type of the host's, and is `null` where the page says nothing.
 */
export type Declared<Properties> = {
  [Name in keyof Properties]-?: Declaration<Exclude<Properties[Name], undefined>>;
};

type Declaration<Value> = null extends Value
  ? { type: null; value: null }
  : [Value] extends [boolean]
    ? { type: BooleanConstructor; value: boolean }
    : [Value] extends [string]
      ? { type: StringConstructor; value: string }
      : { type: ObjectConstructor; value: object };
