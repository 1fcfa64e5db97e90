import { trimEmail } from '../../../protocol/text/email.ts';

/** A name with its address in brackets, or whatever stands between separators. */
const PART = /(?:"[^"]*"|[^",;\n<])*<([^<>]*)>|[^,;\s]+/g;

/**
 * The addresses in a text that was typed or pasted: separated by commas, semicolons, spaces or lines,
 * also as `Maya Lindqvist <maya@acme.example>`. Each is there once. What is no address stays, so that
 * it can be named as wrong.
 */
export function addressesIn(text: string): string[] {
  const seen = new Set<string>();
  return [...text.matchAll(PART)].flatMap(([part, inBrackets]) => {
    const address = trimEmail(inBrackets ?? part);
    const key = address.toLowerCase();
    if (address === '' || seen.has(key)) return [];
    seen.add(key);
    return [address];
  });
}
