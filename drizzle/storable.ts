/**
 * A text as Postgres can store it. It takes no NUL, and its JSON no half of a surrogate pair; both
 * may be in what a browser sends, and must not make a message that was acked unlistable (P7).
 */
export function storable(text: string): string {
  return text.replace(UNSTORABLE, '\ufffd');
}

const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
