import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { z } from 'zod';

const message = z.object({ to: z.string(), raw: z.string() });

/** Hears the mails that are handed over from now on: to whom, and their plain text. */
export function hearMails(): { to: string; text: string }[] {
  if (!env.EMAIL) throw new Error('There is no binding for mails.');
  const mails: { to: string; text: string }[] = [];
  vi.spyOn(env.EMAIL, 'send').mockImplementation(async (sent) => {
    // As the local `cloudflare:email` keeps it.
    const { to, raw } = message.parse({
      to: Reflect.get(sent, 'to'),
      raw: Reflect.get(sent, 'EmailMessage::raw'),
    });
    const body = /text\/plain[\s\S]*?\r\n\r\n([^-]*)/.exec(raw)?.[1] ?? '';
    const bytes = Uint8Array.from(atob(body.replace(/\s/g, '')), (byte) => byte.charCodeAt(0));
    mails.push({ to, text: new TextDecoder().decode(bytes) });
    return { messageId: '' };
  });
  return mails;
}
