CREATE TABLE "counted_mails" (
	"id" text PRIMARY KEY NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "widget_customers" ADD COLUMN "revoked_before" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "widget_customers" ADD COLUMN "sessions_revoked_before" timestamp (3) with time zone;