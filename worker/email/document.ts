import type { MailKind } from '../kernel/log/log-fields.ts';

/**
 * What a mail says, apart from how it is written: both its plain text and its HTML are made of this,
 * so that they say the same. Every text is plain; nothing in it is read as markup.
 */
export type Block =
  | { kind: 'paragraph'; text: string }
  /** Something to do: a button in HTML. Only http and https addresses are links. */
  | { kind: 'action'; label: string; url: string }
  | { kind: 'link'; label: string; url: string }
  | { kind: 'list'; items: readonly string[] }
  /** What somebody else wrote, marked as a quotation. No mail program makes a link of anything in it. */
  | { kind: 'quote'; text: string }
  /** Small print. */
  | { kind: 'note'; text: string };

export type Mail = {
  /** What it is about, for the log. */
  kind: MailKind;
  to: string;
  subject: string;
  blocks: readonly Block[];
};
