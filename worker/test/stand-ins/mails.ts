import { env } from 'cloudflare:workers';
import { z } from 'zod';
import type { Env } from '../../env.ts';

/** What the local `cloudflare:email` keeps of a message. */
const message = z.object({ to: z.string(), raw: z.string() });

export type Heard = { to: string; text: string };

/**
 * Bindings that keep the mails which a request made with them hands over: to whom, and their plain
 * text. They are handed in with the request: what is set on the runtime's own binding does not last.
 */
export function hearMails(): { bindings: Env; mails: Heard[] } {
  const mails: Heard[] = [];
  const EMAIL: SendEmail = {
    async send(sent: object) {
      const { to, raw } = message.parse({
        to: Reflect.get(sent, 'to'),
        raw: Reflect.get(sent, 'EmailMessage::raw'),
      });
      mails.push({ to, text: plainText(raw) });
      return { messageId: '' };
    },
  };
  return { bindings: { ...env, EMAIL }, mails };
}

function plainText(raw: string): string {
  const body = /text\/plain[\s\S]*?\r\n\r\n([^-]*)/.exec(raw)?.[1] ?? '';
  const bytes = Uint8Array.from(atob(body.replace(/\s/g, '')), (byte) => byte.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
