import { createEffect, createRoot } from 'solid-js';
import type { Attachments } from '../../files/attachment-tray.ts';
import type { Conversation } from '../conversation.ts';

type Client = Pick<Conversation['client'], 'state' | 'subscribe'>;

/**
 * Waits until a reply is sent: true once it is, false if the server refused it or the conversation
 * is gone. While offline it waits.
 *
 * @param id the message; null if only files were sent
 * @param tray the files; null if there were none
 */
export async function whenSent(
  client: Client,
  id: string | null,
  tray: Pick<Attachments, 'items'> | null,
): Promise<boolean> {
  return (id === null || (await isAcked(client, id))) && (tray === null || (await isEmptied(tray)));
}

function isAcked(client: Client, id: string): Promise<boolean> {
  return new Promise((resolve) => {
    const unsubscribe = client.subscribe(look);
    look(client.state);
    function look({ outgoing, connection }: Client['state']): void {
      const message = outgoing.find((sending) => sending.id === id);
      const isRefused = message?.state === 'failed' || connection.state === 'stopped';
      if (message && !isRefused) return;
      unsubscribe();
      resolve(!message);
    }
  });
}

function isEmptied({ items }: Pick<Attachments, 'items'>): Promise<boolean> {
  return new Promise((resolve) => {
    createRoot((dispose) =>
      createEffect(() => {
        const isFailed = items().some(({ state }) => state().at === 'failed');
        if (items().length > 0 && !isFailed) return;
        resolve(items().length === 0);
        // Not while it runs.
        queueMicrotask(dispose);
      }),
    );
  });
}
