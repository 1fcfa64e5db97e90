/** What the requests name of the organization that they are about. */
type World = { acme: { sales: string; billing: string } };

/**
 * The answers for each caller of a feature's routes: `worker/features/<name>/access.ts`. This file and those import
 * nothing, since the benches read them in Node.
 *
 * A row is a route with the status that each of these people gets for a request that is right for it:
 *
 * - nobody: no token, no cookie
 * - stranger: another visitor of Acme; foreigner: a visitor of Globex
 * - expired: Ada's token and Amos's session, both past their time
 * - gus: the owner of Globex
 * - elsewhere: Amos's browser, led by a page of another site
 * - rita: an agent of Acme, where agents see only the departments that they serve, and who serves
 *   another one than the conversation's
 * - amos: an agent who serves it; olive: the owner; ada: the visitor whose conversation it is
 */
export type AccessPart = {
  /** A line with the people's names, and one for each route: `GET /api/admin/labels 401 …`. */
  rows: string;
  /** Makes the body of a right request, where it is more than a GET; undefined for none. */
  requests?: Record<string, (world: World) => unknown>;
  /** The query of a right request. */
  queries?: Record<string, string>;
};

export const PEOPLE = [
  'nobody',
  'stranger',
  'foreigner',
  'expired',
  'gus',
  'elsewhere',
  'rita',
  'amos',
  'olive',
  'ada',
];

/** A route with the status that each of PEOPLE gets. */
type AccessRow = { route: string; statuses: number[] };

/** What is behind the app's one route for everything of better-auth's, and what must not be. */
export const AUTH = [
  'GET /api/auth/get-session',
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-up/email',
  'POST /api/auth/organization/create',
  'POST /api/auth/two-factor/verify-totp',
  'POST /api/auth/two-factor/verify-backup-code',
  'POST /api/auth/sign-out',
];

/**
 * The features' parts as one.
 *
 * @throws Error for a table whose columns are not PEOPLE, and for a row that is not as long
 */
export function togetherOf(parts: readonly AccessPart[]) {
  const bodies: Record<string, (world: World) => unknown> = {};
  const queries: Record<string, string> = {};
  for (const part of parts) {
    Object.assign(bodies, part.requests);
    Object.assign(queries, part.queries);
  }
  return { rows: parts.flatMap(rowsOf), bodies, queries };
}

function rowsOf({ rows }: AccessPart): AccessRow[] {
  const [head = [], ...lines] = rows
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(/\s+/));
  if (head.join() !== PEOPLE.join())
    throw new Error(`Not the columns of access: ${head.join(' ')}`);
  return lines.map(([method, path, ...statuses]) => {
    const route = `${method} ${path}`;
    if (statuses.length !== PEOPLE.length)
      throw new Error(`${route} has ${statuses.length} statuses.`);
    return { route, statuses: statuses.map(Number) };
  });
}
