CREATE TABLE "customer_entries" (
	"organization_id" uuid NOT NULL,
	"widget_customer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"event" jsonb NOT NULL,
	"by" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "customer_entries_pk" PRIMARY KEY("organization_id","widget_customer_id","id")
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "closed_by" jsonb;--> statement-breakpoint
ALTER TABLE "customer_entries" ADD CONSTRAINT "customer_entries_customer" FOREIGN KEY ("organization_id","widget_customer_id") REFERENCES "public"."widget_customers"("organization_id","id") ON DELETE cascade ON UPDATE no action;