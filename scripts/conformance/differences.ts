/** What stands for any value of a kind, in what a case expects. */
const MATCHERS: Record<string, (value: unknown) => boolean> = {
  '<any>': (value) => value !== undefined,
  '<absent>': (value) => value === undefined,
  '<text>': (value) => typeof value === 'string' && value !== '',
  '<number>': (value) => typeof value === 'number',
  '<uuid>': (value) =>
    typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  '<time>': (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value),
};

/**
 * How an answer differs from what was expected; nothing where it has all of it. Fields that nobody
 * expects are no difference, since answers may grow. A list must have as many items.
 */
export function differences(expected: unknown, actual: unknown, path = ''): string[] {
  const at = path || 'it';
  if (typeof expected === 'string' && Object.hasOwn(MATCHERS, expected)) {
    return MATCHERS[expected]?.(actual) ? [] : [`${at} is ${shown(actual)} and not ${expected}`];
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${at} is ${shown(actual)} and no list`];
    if (actual.length !== expected.length) {
      return [`${at} has ${actual.length} items and not ${expected.length}: ${shown(actual)}`];
    }
    return expected.flatMap((item, index) => differences(item, actual[index], `${path}[${index}]`));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return [`${at} is ${shown(actual)}`];
    const fields = new Map<string, unknown>(Object.entries(actual));
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(value, fields.get(key), path ? `${path}.${key}` : key),
    );
  }
  return Object.is(expected, actual)
    ? []
    : [`${at} is ${shown(actual)} and not ${shown(expected)}`];
}

/** Enough of a value to see what it is. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
