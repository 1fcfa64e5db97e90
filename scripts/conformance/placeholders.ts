import { randomUUID } from 'node:crypto';

/** What a case knows by name: `<name>` and `<name.path>` in its steps. */
export class Names {
  readonly #values = new Map<string, unknown>();
  readonly #ids = new Map<string, string>();

  set(name: string, value: unknown): void {
    this.#values.set(name, value);
  }

  /** The value at `name.path`; undefined where there is none. */
  get(path: string): unknown {
    const [name = '', ...rest] = path.split('.');
    return rest.reduce(valueAt, this.#values.get(name));
  }

  /**
   * The same value with its placeholders filled in. A text that is one placeholder becomes the
   * named value itself, so that a number stays a number. What no name is known for stays as it is:
   * the matchers of `differences` are written the same way.
   */
  fill(value: unknown): unknown {
    if (typeof value === 'string') return this.#fillText(value);
    if (Array.isArray(value)) return value.map((item) => this.fill(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [this.text(key), this.fill(inner)]),
    );
  }

  /** The text with its placeholders filled in. */
  text(value: string): string {
    return `${this.#fillText(value)}`;
  }

  #fillText(text: string): unknown {
    const whole = /^<([^<>]+)>$/.exec(text)?.[1];
    if (whole !== undefined) return this.#valueOf(whole) ?? text;
    return text.replace(/<([^<>]+)>/g, (placeholder, inner: string) => {
      return `${this.#valueOf(inner) ?? placeholder}`;
    });
  }

  #valueOf(inner: string): unknown {
    const [word = '', first = '', ...rest] = inner.split(' ');
    if (inner === 'new') return randomUUID();
    if (word === 'id' && first) return this.#idOf(first);
    if (word === 'repeat') return rest.join(' ').repeat(Number(first));
    return this.get(inner);
  }

  /** A UUID that is made once in a case. */
  #idOf(name: string): string {
    const id = this.#ids.get(name) ?? randomUUID();
    this.#ids.set(name, id);
    return id;
  }
}

/** The value of a field of an object or an item of a list. */
export function valueAt(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}
