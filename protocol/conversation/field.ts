import type { z } from 'zod';

/** How a list of fields becomes what is stored, what is shown, and what each begins with. */

/** Who reads a field. `everyone`: agents and the conversation's visitor. */
export type Audience = 'nobody' | 'agents' | 'visitor' | 'everyone';

/** How a database holds a value; see the kit of the tables (`drizzle/kit.ts`). */
export type ColumnKind = 'id' | 'text' | 'json' | 'time' | 'integer' | 'long';

/** What a conversation begins with. Times are ISO 8601. */
export type Beginning = { created_at: string; department_id: string };

/** One field, whatever its type. */
export type Field = {
  stored: z.ZodType;
  first?: unknown;
  firstFrom?: (beginning: Beginning) => unknown;
  visibleTo: Audience;
  shown?: z.ZodType;
  column?: ColumnKind;
};

/** A list as a literal, too. */
type Constant<Value> = Value extends readonly (infer One)[] ? readonly One[] : Value;

type Facets<Value> = {
  visibleTo: Audience;
  /** Its schema in frames and answers, where that is stricter than what is stored. */
  shown?: z.ZodType<Value>;
  /** Its column. Without one, the lists do not have it, or hold it in columns of its own. */
  column?: ColumnKind;
} & (
  | {
      /** Its first value. A row from before the field was there reads as this. */
      first: Constant<Value>;
    }
  | {
      /** Its first value, where that depends on how the conversation begins. Every row has it. */
      firstFrom: (beginning: Beginning) => Value;
    }
);

/**
 * A field, with its facets checked against its type.
 *
 * @param stored its schema in what the conversation's object keeps
 */
export function field<Stored extends z.ZodType, const Rest extends Facets<z.output<Stored>>>(
  stored: Stored,
  facets: Rest,
): { stored: Stored } & Rest {
  return { stored, ...facets };
}

type Fields = Record<string, Field>;

/** The names of the fields that this audience is told of. */
type VisibleName<List extends Fields, Who extends Audience> = {
  [Name in keyof List]: List[Name]['visibleTo'] extends Who ? Name : never;
}[keyof List];

type ShownSchema<One extends Field> = One extends { shown: infer Shown extends z.ZodType }
  ? Shown
  : One['stored'];

/** The names of the fields that are for one of these. */
export function visibleNames<List extends Fields, const Who extends Audience>(
  fields: List,
  audience: readonly Who[],
): VisibleName<List, Who>[] {
  const readers: readonly Audience[] = audience;
  const names: (keyof List)[] = Object.keys(fields);
  return names.filter((name): name is VisibleName<List, Who> =>
    readers.includes(fields[name]?.visibleTo ?? 'nobody'),
  );
}

/** The schemas of the fields that are for one of these, as frames and answers have them. */
export function shownShape<List extends Fields, const Who extends Audience>(
  fields: List,
  audience: readonly Who[],
) {
  const names = visibleNames(fields, audience);
  const entries = names.map((name) => [name, fields[name]?.shown ?? fields[name]?.stored]);
  return Object.fromEntries(entries) as {
    [Name in VisibleName<List, Who>]: ShownSchema<List[Name]>;
  };
}

/** The schemas of all fields, as they are stored. */
export function storedShape<List extends Fields>(fields: List) {
  const entries = Object.entries(fields).map(([name, { stored, first }]) => [
    name,
    first === undefined ? stored : stored.default(first),
  ]);
  return Object.fromEntries(entries) as { [Name in keyof List]: List[Name]['stored'] };
}

/** What each field begins with. */
export function firstValues(fields: Fields, beginning: Beginning): Record<string, unknown> {
  const values = Object.entries(fields).map(([name, { first, firstFrom }]) => [
    name,
    firstFrom ? firstFrom(beginning) : structuredClone(first),
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** Some fields of an object; those that it does not have stay out. */
export function pick<Whole extends object, Name extends keyof Whole>(
  whole: Whole,
  names: readonly Name[],
): Pick<Whole, Name> {
  const entries = names.map((name) => [name, whole[name]] as const);
  const there = entries.filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as Pick<Whole, Name>;
}
