import { announce } from './announce.ts';
import { showToast } from './toasts.ts';

/** Copies a text, and says so; where the browser refuses, the text itself is shown. */
export async function copyText(text: string, confirmation: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ tone: 'plain', text: confirmation });
    announce('Copied');
  } catch {
    showToast({ tone: 'bad', text: `Couldn’t copy. Select the text instead: ${text}` });
  }
}

/** A path is a link on this page's own address: the Worker does not know it everywhere. */
export function copyLink(link: string): Promise<void> {
  return copyText(new URL(link, location.href).href, 'Link copied.');
}
