import type { Introduction } from '../bridge/messages.ts';
import type { Command, Widget } from '../loader/widget.ts';
import { identify } from './commands/identify.ts';
import { setDepartment } from './commands/set-department.ts';
import { setLocale } from './commands/set-locale.ts';
import { shutdown } from './commands/shutdown.ts';
import { startConversation } from './commands/start-conversation.ts';
import { update } from './commands/update.ts';
import { readCookie, writeCookie } from './cookie.ts';
import { createEvents } from './events.ts';
import { createLine } from './line.ts';
import { followPage } from './page.ts';
import { warn } from './warn.ts';

/**
 * The commands of `window.Foyer` that the launcher itself does not need: loaded when the widget is
 * open and one of them was used, or the page moved on. One command a file.
 */

export type Parts = {
  widget: Widget;
  line: ReturnType<typeof createLine>;
  events: ReturnType<typeof createEvents>;
};

const commands: Record<string, (parts: Parts, ...args: Command) => void> = {
  identify: (parts, _, person) => identify(parts, person),
  update: (parts, _, fields) => update(parts, fields),
  setDepartment: (parts, _, department) => setDepartment(parts, department),
  setLocale: (parts, _, locale) => setLocale(parts, locale),
  startConversation: (parts, _, text) => startConversation(parts, text),
  shutdown: (parts) => shutdown(parts),
  on: ({ events }, _, event, listener) => events.on(event, listener),
  off: ({ events }, _, event, listener) => events.off(event, listener),
};

/** The launcher has done these already. */
const done = ['open', 'close', 'toggle', 'show', 'hide'];

/** Takes the queue over; what it returns, the frame is told first of all. */
export function start(widget: Widget): () => Introduction {
  const { options, queue } = widget;
  const events = createEvents();
  const line = createLine(options.origin, (event) => {
    if (event.type === 'identity') {
      if (event.state === 'expired' || event.state === 'invalid') {
        warn(`The identity token is ${event.state}; the visitor is nobody in particular.`);
      }
    } else if (event.type === 'warning') warn(event.text);
    else if (event.type !== 'gone') events.emit(event.type, event.detail);
  });
  const parts: Parts = { widget, line, events };

  function run(words: Command): void {
    const name = `${words[0]}`;
    if (done.includes(name)) return;
    try {
      if (Object.hasOwn(commands, name)) commands[name]?.(parts, ...words);
      else warn(`There is no command ${name}.`);
    } catch (error) {
      console.warn('Foyer:', error);
    }
  }

  for (const words of queue) run(words);
  const { push } = queue;
  queue.push = (...added) => {
    added.forEach(run);
    return push.apply(queue, added);
  };
  // What was before is told as well: the listeners were there first, and waited.
  let wasOpen = false;
  let before = 0;
  widget.heard((frame, open, unread, message) => {
    if (frame) line.connect(frame);
    if (message?.type === 'token') writeCookie(options, message.visitorToken);
    if (open !== wasOpen) events.emit(open ? 'open' : 'close');
    if (unread !== before) events.emit('unread', { count: unread });
    wasOpen = open;
    before = unread;
  });

  followPage(widget.title, (page) => line.tell({ type: 'page', page }));

  return () => ({ identity: line.identity, ...readCookie(options) });
}
