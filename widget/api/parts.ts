import type { Widget } from '../loader/widget.ts';
import type { createChannel } from './channel.ts';
import type { createEvents } from './events.ts';

/** What a command of the page works with. */
export type Parts = {
  widget: Widget;
  channel: ReturnType<typeof createChannel>;
  events: ReturnType<typeof createEvents>;
};
