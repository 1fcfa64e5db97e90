import { pageOrigin } from '../../bridge/page-origin.ts';
import type { Command, WidgetOptions } from '../../loader/widget.ts';
import { writeCookie } from '../cookie.ts';
import type { Parts } from '../index.ts';

/**
 * The visitor signed out of the site: token, cookie, drafts, sockets and frame go, and the launcher
 * begins anew with what the page listens to.
 */
export async function shutdown({ widget, line }: Parts): Promise<void> {
  const { options, queue } = widget;
  const later: Command[] = [];
  queue.push = (...added) => later.push(...added);
  widget.show(false);
  // Without one, it may have left something on an earlier page.
  const frame = line.frame() ?? (await visit(options));
  await Promise.race([line.end(frame), new Promise((resolve) => setTimeout(resolve, 3_000))]);
  line.leave();
  frame.remove();
  widget.end();
  writeCookie(options);
  try {
    localStorage.removeItem(`foyer:${options.key}`);
  } catch {
    // Denied: then there is nothing.
  }
  // Whoever waited for `ready` would tell who signed out again.
  const kept = queue.filter(([name, event]) => KEPT.includes(`${name}`) && event !== 'ready');
  options.begin([...kept, ...later]);
  // A page may have kept what `Foyer` was.
  queue.push = (...added) => {
    const { Foyer }: { Foyer?: (...words: Command) => void } = window;
    for (const words of added) Foyer?.(...words);
    return 0;
  };
}

/** What is the page's and not its visitor's. */
const KEPT = ['on', 'off', 'hide', 'show', 'setLocale', 'setDepartment'];

/** A frame that nobody sees, in which the rest of it is. */
function visit({ key, origin }: WidgetOptions): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.style.display = 'none';
  frame.src = `${origin}/widget/frame?key=${key}&origin=${pageOrigin()}`;
  return new Promise((resolve) => {
    frame.onload = () => resolve(frame);
    document.documentElement.append(frame);
  });
}
