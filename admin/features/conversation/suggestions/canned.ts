import { MAX_SHORTCUT_LENGTH } from '../../../../protocol/limits.ts';
import type { CannedResponse } from '../../../../protocol/resources/canned-response.ts';
import { CANNED_SHORTCUT } from '../../../../protocol/resources/canned-shortcut.ts';
import { fold } from '../../../../protocol/text/fold.ts';
import { lengthOf } from '../../../../protocol/text/text.ts';
import type { Sign } from './suggestions.ts';

/** Canned responses: finding the slash before the caret, and filling the chosen response. */

/** The slash before the caret, or null. */
export function slashAt(text: string, caret: number): Sign | null {
  const match = /(?:^|\s)\/([^\s/]*)$/.exec(text.slice(0, caret));
  const query = match?.[1];
  return query === undefined ? null : { from: caret - query.length - 1, query };
}

/** How many options are offered at once. */
const MAX_OPTIONS = 8;

/**
 * The responses that match: first those whose shortcut starts with the query, then those that
 * contain it.
 */
export function matching(all: readonly CannedResponse[], query: string): CannedResponse[] {
  const typed = fold(query);
  const begin = all.filter(({ shortcut }) => fold(shortcut).startsWith(typed));
  const contain = all.filter(
    (response) =>
      !begin.includes(response) && fold(`${response.shortcut} ${response.body}`).includes(typed),
  );
  return [...begin, ...contain].slice(0, MAX_OPTIONS);
}

/** The id of the option that creates a response. */
export const CREATE = 'create';

const isShortcut = (text: string) =>
  CANNED_SHORTCUT.test(text) && lengthOf(text) <= MAX_SHORTCUT_LENGTH;

/** The option to create a response with this shortcut, unless there is one or it cannot be one. */
export function creation(all: readonly CannedResponse[], query: string): CannedResponse[] {
  const isTaken = all.some(({ shortcut }) => fold(shortcut) === fold(query));
  return isTaken || !isShortcut(query) ? [] : [{ id: CREATE, shortcut: query, body: '' }];
}

/** The text with its placeholders filled. An unknown name is removed with the space before it. */
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
