import type { MessageFile } from '../../../protocol/conversation/message.ts';

/** Says that a message is durable. `first`: it was not in the log before. */
export type Ack = { id: string; seq: number; sent_at: string; first: boolean };

/**
 * A message to be written. `file`: its bytes are stored already. `senderName`: the name that the visitor
 * reads, of a message by Foyer or an API key; left out: what the widget calls the team.
 */
export type Post = {
  id: string;
  body: string;
  kind: 'text' | 'note' | 'file';
  file?: MessageFile | undefined;
  mentions?: string[] | undefined;
  senderName?: string | undefined;
};

/** How a principal changes their own message: its new text, or null to take it back. */
export type Amendment = {
  id: string;
  seq: number;
  body: string | null;
  /** The users that the note names now; left out: as before. */
  mentions?: string[] | undefined;
};
