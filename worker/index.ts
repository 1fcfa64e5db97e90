import type { Env } from './env.ts';
import { app } from './http/app.ts';
import { scheduled } from './jobs/nightly.ts';

/** What the Worker exports: its door, what it does at night, the objects behind it, and who writes for them. */
export default { fetch: app.fetch, scheduled } satisfies ExportedHandler<Env>;

export { DocumentWriter } from './conversation/drain/document-writer.ts';
export { ConversationObject } from './conversation/object.ts';
export { JobWorkflow } from './jobs/workflow.ts';
export { RowWriter } from './organization/commit/row-writer.ts';
export { InboxObject } from './organization/object.ts';
