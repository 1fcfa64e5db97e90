import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import * as events from '../../protocol/events/all.ts';
import { agentsOnly, type EventDefinition } from '../../protocol/events/define.ts';
import { downFrame } from '../../protocol/frames/down.ts';
import { organizationFrame } from '../../protocol/frames/organization-socket.ts';
import { upFrame } from '../../protocol/frames/up.ts';
import { PROTOCOL } from '../../protocol/version.ts';

/** What `npm run protocol` writes, so that an event stands in its own file and in no list by hand. */

const root = join(import.meta.dirname, '..', '..');
const PAGE = 'docs/protocol.md';

/** The page with the tables of all events. */
export function pageOfEvents(): [file: string, text: string] {
  const all: EventDefinition[] = Object.values(events);
  const isForAgents = ({ isPublic }: EventDefinition) => isPublic === agentsOnly;
  let page = readFileSync(join(root, PAGE), 'utf8');
  page = replaced(page, 'visitors', table(all.filter((event) => !isForAgents(event))));
  page = replaced(page, 'agents', table(all.filter(isForAgents)));
  return [PAGE, page];
}

function replaced(page: string, readers: string, text: string): string {
  const begin = `<!-- events for ${readers}, written by npm run protocol -->`;
  const end = `<!-- end of events for ${readers} -->`;
  const [before, rest = ''] = page.split(begin);
  const [, after] = rest.split(end);
  if (before === undefined || after === undefined) throw new Error(`${PAGE} has no "${begin}".`);
  return `${before}${begin}\n${text}\n${end}${after}`;
}

function table(definitions: EventDefinition[]): string {
  const rows = definitions.map(({ schema, means }) => {
    const { type, ...fields } = shapeOf(schema);
    const described = Object.entries(fields).map(
      ([name, field]) => `\`${fieldText(name, field)}\``,
    );
    return `| \`${type?.const}\` | ${described.join(', ')}${described.length > 0 ? ' ' : ''}| ${means} |`;
  });
  return ['', '| `event.type` | fields | |', '|---|---|---|', ...rows, ''].join('\n');
}

/** The part of a field's JSON schema that the tables show. */
type FieldSchema = {
  const?: unknown;
  properties?: Record<string, FieldSchema> | undefined;
  items?: FieldSchema | undefined;
  anyOf?: FieldSchema[] | undefined;
  isOptional?: boolean;
};

const fieldSchema: z.ZodType<FieldSchema> = z.lazy(() =>
  z.object({
    const: z.unknown().optional(),
    properties: z.record(z.string(), fieldSchema).optional(),
    items: fieldSchema.optional(),
    anyOf: z.array(fieldSchema).optional(),
  }),
);

const eventSchema = z.object({
  properties: z.record(z.string(), fieldSchema),
  required: z.array(z.string()),
});

/** An event's fields by name. */
function shapeOf(schema: z.ZodType): Record<string, FieldSchema> {
  const { properties, required } = eventSchema.parse(z.toJSONSchema(schema));
  const fields = Object.entries(properties).map(([name, field]) => [
    name,
    { ...field, isOptional: !required.includes(name) },
  ]);
  return Object.fromEntries(fields);
}

/** `agent: {id, name}`, `added: [{id, name}]`, `hours?`. */
function fieldText(name: string, field: FieldSchema): string {
  const inside = partsOf(field);
  return `${name}${field.isOptional ? '?' : ''}${inside && `: ${inside}`}`;
}

function partsOf({ properties, items, anyOf = [] }: FieldSchema): string {
  if (properties) return `{${Object.keys(properties).join(', ')}}`;
  if (items) return `[${partsOf(items) || '…'}]`;
  return anyOf.map(partsOf).find((text) => text !== '') ?? '';
}

/** The number of what goes over the sockets: any change of a frame changes it. */
export function wire(): [file: string, text: string] {
  const schemas = [upFrame, downFrame, organizationFrame].map((schema) =>
    z.toJSONSchema(schema, { unrepresentable: 'any' }),
  );
  const hash = createHash('sha256')
    .update(JSON.stringify(sorted(schemas)))
    .digest('hex');
  const text = JSON.stringify({ protocol: PROTOCOL, hash: hash.slice(0, 16) });
  return [
    'protocol/wire.json',
    `${text.replace('{', '{ ').replaceAll(':', ': ').replace(',', ', ').replace('}', ' }')}\n`,
  ];
}

/** The lists of a JSON schema whose order means nothing: names of fields, and kinds told apart by one of them. */
const UNORDERED = ['required', 'oneOf'];

/** The same schema, whatever order its fields and kinds are written in. */
function sorted(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => sorted(item));
    if (!UNORDERED.includes(key)) return items;
    return items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, sorted(field, name)] as const);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}
