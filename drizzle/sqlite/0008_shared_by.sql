ALTER TABLE `saved_views` ADD `shared_by` text;--> statement-breakpoint
ALTER TABLE `widget_settings` ADD `visitor_file_megabytes` integer;