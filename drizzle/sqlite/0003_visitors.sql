CREATE TABLE `counted_mails` (
	`id` text PRIMARY KEY NOT NULL,
	`ends_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `widget_customers` ADD `revoked_before` integer;--> statement-breakpoint
ALTER TABLE `widget_customers` ADD `sessions_revoked_before` integer;