import type { Introduction } from '../bridge/messages.ts';
import type { Command, Widget } from '../loader/widget.ts';
import { createChannel } from './channel.ts';
import { identify } from './commands/identify.ts';
import { setDepartment } from './commands/set-department.ts';
import { setLocale } from './commands/set-locale.ts';
import { shutdown } from './commands/shutdown.ts';
import { startConversation } from './commands/start-conversation.ts';
import { update } from './commands/update.ts';
import { readCookie, writeCookie } from './cookie.ts';
import { createEvents } from './events.ts';
import { followPage } from './page.ts';
import type { Parts } from './parts.ts';
import { warn } from './warn.ts';

/**
 * The commands of `window.Foyer` that the launcher itself does not need. They load when the widget is
 * open and the page uses one of them or navigates. Each command has a file.
 */

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

/** Commands that the launcher has already run. */
const done = ['open', 'close', 'toggle', 'show', 'hide'];

/** Takes over the queue. The function that it returns gives the introduction for the frame. */
export function start(widget: Widget): () => Introduction {
  const { options, queue } = widget;
  const events = createEvents();
  const channel = createChannel(options.origin, (event) => {
    if (event.type === 'identity') {
      if (event.state === 'expired' || event.state === 'invalid') {
        warn(`The identity token is ${event.state}; the visitor is nobody in particular.`);
      }
    } else if (event.type === 'warning') warn(event.text);
    else if (event.type !== 'gone') events.emit(event.type, event.detail);
  });
  const parts: Parts = { widget, channel, events };

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
  // Listeners were added before this script loaded, so they also get the events from before.
  let wasOpen = false;
  let lastUnread = 0;
  widget.listen((frame, open, unread, message) => {
    if (frame) channel.connect(frame);
    if (message?.type === 'token') writeCookie(options, message.visitorToken);
    if (open !== wasOpen) events.emit(open ? 'open' : 'close');
    if (unread !== lastUnread) events.emit('unread', { count: unread });
    wasOpen = open;
    lastUnread = unread;
  });

  followPage(widget.title, (page) => channel.tell({ type: 'page', page }));

  return () => ({ identity: channel.identity, ...readCookie(options) });
}
