ALTER TABLE "saved_views" ADD COLUMN "shared_by" uuid;--> statement-breakpoint
ALTER TABLE "widget_settings" ADD COLUMN "visitor_file_megabytes" integer;