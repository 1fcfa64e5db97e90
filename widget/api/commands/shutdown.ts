import { writeCookie } from '../cookie.ts';
import type { Parts } from '../index.ts';

/**
 * The visitor signed out of the site: token, cookie, drafts, sockets and frame go, and the launcher
 * begins anew with what the page listens to.
 */
export async function shutdown({ widget, line }: Parts): Promise<void> {
  const { options, host, queue } = widget;
  widget.show(false);
  // Without one, it may have left something on an earlier page.
  const frame = line.frame() ?? (await visit(options.key, options.origin));
  await Promise.race([line.end(frame), new Promise((resolve) => setTimeout(resolve, 3_000))]);
  frame.remove();
  host.remove();
  writeCookie(options);
  try {
    localStorage.removeItem(`foyer:${options.key}`);
  } catch {
    // Denied: then there is nothing.
  }
  options.begin(queue.filter(([name]) => name === 'on' || name === 'off' || name === 'hide'));
}

/** A frame that nobody sees, in which the rest of it is. */
function visit(key: string, origin: string): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.style.display = 'none';
  frame.src = `${origin}/widget/frame?key=${key}&origin=${location.origin}`;
  return new Promise((resolve) => {
    frame.onload = () => resolve(frame);
    document.documentElement.append(frame);
  });
}
