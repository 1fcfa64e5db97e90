CREATE TABLE "activity" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"area" text NOT NULL,
	"kind" text NOT NULL,
	"actor" jsonb NOT NULL,
	"actor_id" uuid,
	"subject_type" text,
	"subject_id" uuid,
	"subject_name" text,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "activity_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "activity_days" integer DEFAULT 365;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "activity_conversations" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "activity" ADD CONSTRAINT "activity_organization" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activity_area" ON "activity" USING btree ("organization_id","area","id");--> statement-breakpoint
CREATE INDEX "activity_actor" ON "activity" USING btree ("organization_id","actor_id","id") WHERE "activity"."actor_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "activity_subject" ON "activity" USING btree ("organization_id","subject_id","id") WHERE "activity"."subject_id" IS NOT NULL;