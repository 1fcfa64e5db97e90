import { announce } from './announce.ts';
import { showToast } from './toasts.ts';

/** Copies a text and shows a confirmation. If the browser refuses, shows the text instead. */
export async function copyText(text: string, confirmation: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ tone: 'plain', text: confirmation });
    announce('Copied');
  } catch {
    showToast({ tone: 'bad', text: `Couldn’t copy. Select the text instead: ${text}` });
  }
}

/** A path is completed with this page's origin, which the Worker does not always know. */
export function copyLink(link: string): Promise<void> {
  return copyText(new URL(link, location.href).href, 'Link copied.');
}
