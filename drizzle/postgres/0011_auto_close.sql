ALTER TABLE "departments" ADD COLUMN "auto_close_hours" integer;--> statement-breakpoint
ALTER TABLE "widget_settings" ADD COLUMN "auto_close_hours" integer;--> statement-breakpoint
ALTER TABLE "widget_settings" ADD COLUMN "auto_close_message" text;--> statement-breakpoint
ALTER TABLE "widget_settings" ADD COLUMN "auto_close_reopens" boolean DEFAULT true NOT NULL;