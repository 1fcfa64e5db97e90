/** Fields that may be undefined are fields that may be missing. */
type Given<Value> = {
  [Key in keyof Value as undefined extends Value[Key] ? never : Key]: Value[Key];
} & {
  [Key in keyof Value as undefined extends Value[Key] ? Key : never]?: Exclude<
    Value[Key],
    undefined
  >;
};

/**
 * The fields that a request names: those that are undefined are left out, so that they do not cover
 * what is there when the rest is spread over it.
 *
 * @example { ...before, ...given({ name: 'Bug', tint: undefined }) } // keeps the tint
 */
export function given<Value extends object>(value: Value): Given<Value> {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries) as Given<Value>;
}
