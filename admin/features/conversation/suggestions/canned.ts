import type { CannedResponse } from '../../../../protocol/resources/canned-response.ts';
import { fold } from '../../../../protocol/text/fold.ts';
import type { Sign } from './suggestions.ts';

/** The slash that opens the canned responses, and what becomes of the one that is chosen. */

/** The slash that the caret is behind; null when what is typed there is something else. */
export function slashAt(text: string, caret: number): Sign | null {
  const match = /(?:^|\s)\/([^\s/]*)$/.exec(text.slice(0, caret));
  const query = match?.[1];
  return query === undefined ? null : { from: caret - query.length - 1, query };
}

/** Most that are offered at once: a person reads no more. */
const MAX_OPTIONS = 8;

/** Those that fit what is typed: whose shortcut begins with it, then those that contain it. */
export function matching(all: readonly CannedResponse[], query: string): CannedResponse[] {
  const typed = fold(query);
  const begin = all.filter(({ shortcut }) => fold(shortcut).startsWith(typed));
  const contain = all.filter(
    (response) =>
      !begin.includes(response) && fold(`${response.shortcut} ${response.body}`).includes(typed),
  );
  return [...begin, ...contain].slice(0, MAX_OPTIONS);
}

/** The text with its placeholders filled. A name that is not known goes with the space before it. */
export function fill(body: string, names: { customer: string | null; agent: string }): string {
  const values: Record<string, string | null> = {
    'customer.name': names.customer?.trim() || null,
    'agent.name': names.agent,
  };
  return body.replace(/( ?)\{\{\s*(customer\.name|agent\.name)\s*\}\}/g, (_, space, name) => {
    const value = values[String(name)];
    return value ? `${space}${value}` : '';
  });
}
