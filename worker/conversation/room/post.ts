import type { MessageFile } from '../../../protocol/conversation/message.ts';

/** That a message is durable. `first`: it was not here before. */
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

/** What becomes of a message of one's own: its new text, or null where it is taken back. */
export type Amendment = {
  id: string;
  seq: number;
  body: string | null;
  /** The users whom a note names now; left out: those whom it named. */
  mentions?: string[] | undefined;
};
