import { z } from 'zod';

/** A schema that refuses fields it does not name, and the names of all fields that it has anywhere. */
export type Strict<Schema> = { schema: Schema; names: ReadonlySet<string> };

/**
 * The same schema, refusing unknown fields at every depth: in objects within objects, lists,
 * records and unions. What it accepts and answers otherwise stays as it is.
 */
export function strict<Schema extends z.ZodType>(schema: Schema): Strict<Schema> {
  const names = new Set<string>();
  return { schema: rebuilt(schema, names), names };
}

function rebuilt<Schema extends z.core.$ZodType>(schema: Schema, names: Set<string>): Schema {
  const changes = changesOf(schema, names);
  return changes ? z.core.clone(schema, { ...schema._zod.def, ...changes }) : schema;
}

/** What of a schema's definition holds other schemas, rebuilt; null where nothing does. */
function changesOf(schema: z.core.$ZodType, names: Set<string>): object | null {
  const inner = <Inner extends z.core.$ZodType>(schema: Inner) => rebuilt(schema, names);
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries<z.core.$ZodType>(schema.shape);
    for (const [name] of fields) names.add(name);
    return {
      shape: Object.fromEntries(fields.map(([name, field]) => [name, inner(field)])),
      catchall: z.never(),
    };
  }
  if (schema instanceof z.ZodArray) return { element: inner(schema.def.element) };
  if (schema instanceof z.ZodRecord) return { valueType: inner(schema.def.valueType) };
  if (schema instanceof z.ZodUnion) return { options: schema.def.options.map(inner) };
  if (schema instanceof z.ZodPipe) return { in: inner(schema.def.in) };
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return { innerType: inner(schema.def.innerType) };
  }
  return null;
}

const issue = z.object({
  path: z.array(z.unknown()).optional(),
  message: z.string(),
  keys: z.array(z.string()).optional(),
});

/** The path of a field within what was sent, as `customerData.name`. */
const pathTo = (path: readonly unknown[]) =>
  path.map((key) => (typeof key === 'object' && key && 'key' in key ? key.key : key)).join('.');

/**
 * What is wrong with each field, by its path: `{'customerData.phone_number': 'Unknown field.'}`.
 *
 * @param names as `strict` answers them: where one differs by its case alone it is suggested
 */
export function wrongFields(
  issues: readonly unknown[],
  names: ReadonlySet<string>,
): Record<string, string> {
  const fields = new Map<string, string>();
  const note = (name: string, message: string) => {
    if (!fields.has(name)) fields.set(name, message);
  };
  for (const { path = [], message, keys } of z.array(issue).parse(issues)) {
    if (!keys) note(pathTo(path), message);
    for (const key of keys ?? []) note(pathTo([...path, key]), unknownField(key, names));
  }
  return Object.fromEntries(fields);
}

/** What is said of a field that nothing here takes. */
export function unknownField(name: string, fields: ReadonlySet<string> = new Set()): string {
  const plainName = plain(name);
  const suggestion = [...fields].find((schema) => plain(schema) === plainName);
  return suggestion ? `Unknown field. Did you mean ${suggestion}?` : 'Unknown field.';
}

const plain = (name: string) => name.replaceAll(/[_-]/g, '').toLowerCase();
