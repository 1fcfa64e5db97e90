import { app } from './app.ts';
import type { Env } from './env.ts';

/** What the Worker exports: its door, and the objects behind it. */
export default { fetch: app.fetch } satisfies ExportedHandler<Env>;

export { ConversationObject } from './conversation/object.ts';
export { InboxObject } from './inbox/object.ts';
