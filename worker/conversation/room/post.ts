import type { MessageFile } from '../../../protocol/conversation/message.ts';

/** That a message is durable. `first`: it was not here before. */
export type Ack = { id: string; seq: number; sent_at: string; first: boolean };

/** What somebody says. `file`: its bytes are stored already. */
export type Post = {
  id: string;
  body: string;
  kind: 'text' | 'note' | 'file';
  file?: MessageFile | undefined;
  mentions?: string[] | undefined;
};

/** What becomes of a message of one's own: its new text, or null where it is taken back. */
export type Amendment = {
  id: string;
  seq: number;
  body: string | null;
  /** The users whom a note names now; left out: those whom it named. */
  mentions?: string[] | undefined;
};
