import { app } from './app.ts';
import type { Env } from './env.ts';
import { scheduled } from './scheduled.ts';

/** What the Worker exports: its door, what it does at night, and the objects behind it. */
export default { fetch: app.fetch, scheduled } satisfies ExportedHandler<Env>;

export { ConversationObject } from './conversation/object.ts';
export { InboxObject } from './inbox/object.ts';
