import type { RequestError } from '../../../../protocol/client/http.ts';
import { r } from '../../strings/index.ts';

export { fill, r } from '../../strings/index.ts';

function textOf(texts: Record<string, string>, code: string): string | undefined {
  return Object.hasOwn(texts, code) ? texts[code] : undefined;
}

/** The text for the code of a failed request. */
export const problemText = (code: string): string => textOf(r.problems, code) ?? r.problem;

/** The text for a code from the Worker; undefined for an unknown code. */
export const knownText = (code: string): string | undefined =>
  textOf(r.refusals, code) ?? textOf(r.problems, code);

/** Why the Worker refused a message; the Worker's message for an unknown code. */
export function refusalText({ code, message }: { code: string; message: string }): string {
  return knownText(code) ?? message;
}

/** Whether a request was refused because its department is not available. */
export const isGone = ({ reasons }: RequestError) => reasons?.departmentId === 'not_available';
