/** `launcherText` as `launcher_text`. */
type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

type SnakeCased<Value> = { [Key in keyof Value & string as SnakeCase<Key>]: Value[Key] };

/**
 * A request's fields under the names of the columns: requests are written in camelCase, columns and
 * answers in snake_case. Only the names of the first level change.
 *
 * @example snakeCased({ launcherText: 'Chat' }) // { launcher_text: 'Chat' }
 */
export function snakeCased<Value extends object>(value: Value): SnakeCased<Value> {
  const entries = Object.entries(value).map(([key, part]) => [
    key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    part,
  ]);
  return Object.fromEntries(entries) as SnakeCased<Value>;
}
