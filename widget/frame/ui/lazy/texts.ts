import type { RequestError } from '../../../../protocol/client/http.ts';
import { r } from '../../strings/index.ts';

export { fill, r } from '../../strings/index.ts';

function textOf(texts: Record<string, string>, code: string): string | undefined {
  return Object.hasOwn(texts, code) ? texts[code] : undefined;
}

/** The sentence for a failed request's code. */
export const problemText = (code: string): string => textOf(r.problems, code) ?? r.problem;

/** The sentence for a code of the Worker's; undefined where we have none. */
export const knownText = (code: string): string | undefined =>
  textOf(r.refusals, code) ?? textOf(r.problems, code);

/** Why the Worker refused a message; its own words where we have none for the code. */
export function refusalText({ code, message }: { code: string; message: string }): string {
  return knownText(code) ?? message;
}

/** Whether a request was refused since its department cannot be chosen, or no longer. */
export const isGone = ({ reasons }: RequestError) => reasons?.departmentId === 'not_available';
