import { announce } from './announce.ts';
import { showToast } from './toasts.ts';

/** Copies a link, and says so; where the browser refuses, the link itself is shown. */
export async function copyLink(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    showToast({ tone: 'plain', text: 'The link is copied.' });
    announce('Copied');
  } catch {
    showToast({ tone: 'bad', text: `The browser did not let it be copied: ${link}` });
  }
}
