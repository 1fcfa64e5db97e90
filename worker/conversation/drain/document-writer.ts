import { WorkerEntrypoint } from 'cloudflare:workers';
import type { Env } from '../../env.ts';
import { type ConversationText, searchIndexOf } from '../../features/search/index-store.ts';
import { reportFailure } from '../../http/failures.ts';
import { conversationObject } from '../calls/address.ts';

/** Which conversation a document is of. */
type Key = { organization_id: string; id: string };

/**
 * The Worker's own invocation that writes the document of a conversation that was closed, so that its object
 * does not wait for the database (K15). Only this Worker can call it, as RowWriter. Where it fails, it calls
 * the conversation, which then writes the document itself and tries again later.
 */
export class DocumentWriter extends WorkerEntrypoint<Env> {
  /** Takes a document, and writes it after it has returned. */
  take(key: Key, text: ConversationText): void {
    this.ctx.waitUntil(this.#write(key, text));
  }

  async #write(key: Key, text: ConversationText): Promise<void> {
    const { organization_id: organization, id: conversation } = key;
    try {
      await searchIndexOf(this.env).write(key, () => text);
    } catch (error) {
      reportFailure(error, { organization, conversation });
      // The conversation's alarm looks in any case.
      await conversationObject(this.env, organization, conversation)
        .catchUp()
        .catch(() => {});
    }
  }
}
