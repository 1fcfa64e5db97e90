import type { ConversationObject } from './conversation/object.ts';
import type { JobParams } from './features/jobs/start.ts';
import type { InboxObject } from './organization/object.ts';

/** The Worker's bindings; wrangler.toml says what each is for. */
export type Env = {
  /** D1. Exactly one of DB and HYPERDRIVE is bound, and so chooses the database. */
  DB?: D1Database;
  /** Postgres. */
  HYPERDRIVE?: Hyperdrive;
  /** R2, for the files in conversations; without it none can be sent. */
  FILES?: R2Bucket;
  ASSETS: Fetcher;
  CONVERSATIONS: DurableObjectNamespace<ConversationObject>;
  INBOXES: DurableObjectNamespace<InboxObject>;
  /** Cloudflare Workflows, for long work (worker/jobs); without it none can be started. */
  JOBS?: Workflow<JobParams>;
  ADDRESS_LIMIT: RateLimit;
  VISITOR_LIMIT: RateLimit;
  MAIL_LIMIT: RateLimit;
  ATTEMPT_LIMIT: RateLimit;
  /** Mails go out through it; without it, or without a sender, none do. */
  EMAIL?: SendEmail;
  /** The address that mails come from, of a domain that Cloudflare sends for. */
  FOYER_EMAIL_FROM?: string;
  /** Where Foyer is, as `https://chat.example.com`: what links in mails begin with (public-url.ts). */
  FOYER_PUBLIC_URL?: string;
  /** Signs the visitors' tokens and the agents' cookies. */
  FOYER_SECRET: string;
  /** Where organizations' objects are created, as `weur` (kernel/location.ts): best where the database is. */
  FOYER_LOCATION?: string;
  /** What differs from the quotas' defaults, as JSON; `off` lifts them (features/quotas). */
  FOYER_QUOTAS?: string;
  /** The human check's keys (features/human-check): none is asked for without both. */
  FOYER_TURNSTILE_SITE_KEY?: string;
  FOYER_TURNSTILE_SECRET?: string;
  /** Where tokens of it are verified, in tests; Cloudflare's own address otherwise. */
  FOYER_TURNSTILE_SITEVERIFY?: string;
  /** Of how many requests that went well one is logged (http/request.ts); 0 logs none. */
  FOYER_LOG_EVERY?: string;
  /** Makes the first owner, once; unset afterwards. */
  FOYER_SETUP_CODE?: string;
  /** Lets a probe read the owners' health (features/health/system.ts); without it nobody but they do. */
  FOYER_PROBE_TOKEN?: string;
  /** Lets an operator start long work in every organization (features/jobs); without it nobody can. */
  FOYER_OPERATOR_TOKEN?: string;
  /** Which deployment this is. `npm run deploy` binds it; a local Worker has none. */
  CF_VERSION_METADATA?: WorkerVersionMetadata;
};
