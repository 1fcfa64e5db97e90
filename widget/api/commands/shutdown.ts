import { pageOrigin } from '../../bridge/page-origin.ts';
import type { Command, WidgetOptions } from '../../loader/widget.ts';
import { writeCookie } from '../cookie.ts';
import type { Parts } from '../parts.ts';

/**
 * The visitor signed out of the site: removes the token, cookie, drafts, sockets and frame, and starts
 * a new launcher that keeps the page's listeners.
 */
export async function shutdown({ widget, channel }: Parts): Promise<void> {
  const { options, queue } = widget;
  const laterCommands: Command[] = [];
  queue.push = (...added) => laterCommands.push(...added);
  widget.show(false);
  // Without a frame here, an earlier page may have stored something.
  const frame = channel.frame() ?? (await loadHiddenFrame(options));
  await Promise.race([channel.end(frame), new Promise((resolve) => setTimeout(resolve, 3_000))]);
  channel.disconnect();
  frame.remove();
  widget.end();
  writeCookie(options);
  try {
    localStorage.removeItem(`foyer:${options.key}`);
  } catch {
    // Denied, so nothing is stored.
  }
  // A listener of `ready` would identify the visitor who just signed out.
  const keptCommands = queue.filter(
    ([name, event]) => PAGE_COMMANDS.includes(`${name}`) && event !== 'ready',
  );
  options.begin([...keptCommands, ...laterCommands]);
  // The page may hold a reference to the old `Foyer`.
  queue.push = (...added) => {
    const { Foyer }: { Foyer?: (...words: Command) => void } = window;
    for (const words of added) Foyer?.(...words);
    return 0;
  };
}

/** Commands about the page and not about its visitor. */
const PAGE_COMMANDS = ['on', 'off', 'hide', 'show', 'setLocale', 'setDepartment'];

/** Loads the frame invisibly, to delete what it stores. */
function loadHiddenFrame({ key, origin }: WidgetOptions): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.style.display = 'none';
  frame.src = `${origin}/widget/frame?key=${key}&origin=${pageOrigin()}`;
  return new Promise((resolve) => {
    frame.onload = () => resolve(frame);
    document.documentElement.append(frame);
  });
}
