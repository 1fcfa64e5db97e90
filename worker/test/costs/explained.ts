import { z } from 'zod';

/** A statement as Postgres gets it. */
export type Heard = { sql: string; params: unknown[] };

/** What Postgres says of how it did a statement. */
export type Explained = {
  /** Rows that were looked at, those that did not fit included; without small tables read whole. */
  rows: number;
  /** Blocks of 8 KB that were looked at. */
  blocks: number;
  /** The plan, each step in a line. */
  steps: string[];
  /** Large tables that were read from one end to the other. */
  scans: string[];
};

/** Rows up to which a table may be read whole, as those that an organization sets up are. */
const SMALL = 200;

/** A step of a plan; counts of rows are means of its loops. */
type Step = z.infer<typeof fields> & { Plans?: Step[] | undefined };

const fields = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().default(0),
  'Rows Removed by Index Recheck': z.number().default(0),
  'Shared Hit Blocks': z.number(),
  'Shared Read Blocks': z.number(),
});
const step: z.ZodType<Step> = fields.extend({ Plans: z.lazy(() => z.array(step)).optional() });
const answer = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: step })]) })]);

/** Whether a statement can be explained by doing it, and changes nothing. */
export function onlyReads({ sql }: Heard): boolean {
  return /^\s*(select|with)\b/i.test(sql);
}

/** Gets a statement's plan, and what it did, by running it again. */
export async function explained(
  { sql, params }: Heard,
  query: (sql: string, params: unknown[]) => Promise<{ rows: unknown[] }>,
): Promise<Explained> {
  const { rows } = await query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`, params);
  const [{ 'QUERY PLAN': plan }] = answer.parse(rows);
  const [{ Plan: top }] = plan;
  const explained: Explained = {
    rows: 0,
    blocks: top['Shared Hit Blocks'] + top['Shared Read Blocks'],
    steps: [],
    scans: [],
  };
  walk(top, 0, explained);
  explained.rows = Math.round(explained.rows);
  return explained;
}

function walk(step: Step, depth: number, explained: Explained): void {
  const table = step['Relation Name'];
  const by = [step['Index Name'], table].filter((name) => name !== undefined).join(' on ');
  const line = by ? `${step['Node Type']} ${by}` : step['Node Type'];
  explained.steps.push('  '.repeat(depth) + line);
  if (table !== undefined) {
    const removed = step['Rows Removed by Filter'] + step['Rows Removed by Index Recheck'];
    const rows = step['Actual Rows'] + removed;
    const isWhole = step['Node Type'] === 'Seq Scan';
    if (isWhole && rows > SMALL) explained.scans.push(line);
    // A handful of departments is read for each row or once for all, as the planner likes.
    if (!isWhole || rows > SMALL) explained.rows += rows * step['Actual Loops'];
  }
  for (const part of step.Plans ?? []) walk(part, depth + 1, explained);
}
