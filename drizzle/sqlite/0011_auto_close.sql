ALTER TABLE `departments` ADD `auto_close_hours` integer;--> statement-breakpoint
ALTER TABLE `widget_settings` ADD `auto_close_hours` integer;--> statement-breakpoint
ALTER TABLE `widget_settings` ADD `auto_close_message` text;--> statement-breakpoint
ALTER TABLE `widget_settings` ADD `auto_close_reopens` integer DEFAULT true NOT NULL;