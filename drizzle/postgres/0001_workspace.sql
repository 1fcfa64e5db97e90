CREATE TABLE "conversation_mentions" (
	"organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"seen" boolean NOT NULL,
	CONSTRAINT "conversation_mentions_pk" PRIMARY KEY("organization_id","user_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "customer_notes" (
	"organization_id" uuid NOT NULL,
	"widget_customer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"author_name" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "customer_notes_pk" PRIMARY KEY("organization_id","widget_customer_id","id")
);
--> statement-breakpoint
CREATE TABLE "identity_secrets" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "identity_secrets_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid,
	"name" text NOT NULL,
	"query" jsonb NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "saved_views_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "search_documents" (
	"organization_id" uuid NOT NULL,
	"document" bigint NOT NULL,
	"conversation_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"texts" jsonb NOT NULL,
	CONSTRAINT "search_documents_organization_id_document_pk" PRIMARY KEY("organization_id","document")
);
--> statement-breakpoint
CREATE TABLE "two_factors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"backup_codes" text NOT NULL,
	"user_id" uuid NOT NULL,
	"verified" boolean DEFAULT true NOT NULL,
	"failed_verification_count" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "user_pictures" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"type" text NOT NULL,
	"data" text NOT NULL,
	CONSTRAINT "user_pictures_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "user_preferences" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"preferences" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "conversation_labels" DROP CONSTRAINT "conversation_labels_label";
--> statement-breakpoint
DROP INDEX "conversations_activity_closed";--> statement-breakpoint
DROP INDEX "conversations_assignee_closed";--> statement-breakpoint
DROP INDEX "conversations_department_closed";--> statement-breakpoint
DROP INDEX "conversations_activity";--> statement-breakpoint
DROP INDEX "conversations_assignee";--> statement-breakpoint
DROP INDEX "conversations_department";--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "shelf" text DEFAULT 'open' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "label_ids" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "mentions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "rating" integer;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "rating_comment" text;--> statement-breakpoint
ALTER TABLE "departments" ADD COLUMN "translations" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "departments" ADD COLUMN "offline" text DEFAULT 'show' NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "restrict_agents" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "two_factor_enabled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "widget_customers" ADD COLUMN "blocked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "widget_settings" ADD COLUMN "translations" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "widget_settings" ADD COLUMN "theme" text DEFAULT 'auto' NOT NULL;--> statement-breakpoint
ALTER TABLE "widget_settings" ADD COLUMN "position" text;--> statement-breakpoint
ALTER TABLE "widget_settings" ADD COLUMN "launcher" text DEFAULT 'icon' NOT NULL;--> statement-breakpoint
ALTER TABLE "widget_settings" ADD COLUMN "launcher_text" text;--> statement-breakpoint
ALTER TABLE "widget_settings" ADD COLUMN "seen_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "widget_settings" ADD COLUMN "seen_origin" text;--> statement-breakpoint
ALTER TABLE "conversation_mentions" ADD CONSTRAINT "conversation_mentions_conversation_fk" FOREIGN KEY ("organization_id","conversation_id") REFERENCES "public"."conversations"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_notes" ADD CONSTRAINT "customer_notes_customer" FOREIGN KEY ("organization_id","widget_customer_id") REFERENCES "public"."widget_customers"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_secrets" ADD CONSTRAINT "identity_secrets_organization" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_organization" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_conversation" FOREIGN KEY ("organization_id","conversation_id") REFERENCES "public"."conversations"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "two_factors" ADD CONSTRAINT "two_factors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_pictures" ADD CONSTRAINT "user_pictures_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_preferences" ADD CONSTRAINT "user_preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conversation_mentions_conversation" ON "conversation_mentions" USING btree ("organization_id","conversation_id");--> statement-breakpoint
CREATE INDEX "two_factors_user" ON "two_factors" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "conversation_labels" ADD CONSTRAINT "conversation_labels_label_fk" FOREIGN KEY ("organization_id","label_id") REFERENCES "public"."labels"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conversation_labels_label" ON "conversation_labels" USING btree ("organization_id","label_id","conversation_id");--> statement-breakpoint
CREATE INDEX "department_members_user" ON "department_members" USING btree ("organization_id","user_id","department_id");--> statement-breakpoint
CREATE INDEX "widget_customers_seen" ON "widget_customers" USING btree ("organization_id","last_seen_at","id");--> statement-breakpoint
CREATE INDEX "conversations_activity" ON "conversations" USING btree ("organization_id","shelf","activity_at","id");--> statement-breakpoint
CREATE INDEX "conversations_assignee" ON "conversations" USING btree ("organization_id","assignee_id","shelf","activity_at","id");--> statement-breakpoint
CREATE INDEX "conversations_department" ON "conversations" USING btree ("organization_id","department_id","shelf","activity_at","id");
--> statement-breakpoint
-- custom
UPDATE conversations SET shelf = 'closed' WHERE closed_at IS NOT NULL;
--> statement-breakpoint
UPDATE conversations SET shelf = 'snoozed' WHERE status = 'snoozed';

--> statement-breakpoint
CREATE TABLE "search_index" (
	"organization_id" uuid NOT NULL,
	"document" bigint NOT NULL,
	"terms" tsvector NOT NULL,
	CONSTRAINT "search_index_pk" PRIMARY KEY("organization_id","document"),
	CONSTRAINT "search_index_organization" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX "search_index_terms" ON "search_index" USING gin ("terms");
