CREATE TABLE `schedules` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`timezone` text NOT NULL,
	`weekly` text NOT NULL,
	`exceptions` text NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `schedules_name` ON `schedules` (`organization_id`,`name`);--> statement-breakpoint
ALTER TABLE `widget_settings` ADD `schedule_id` text;--> statement-breakpoint
ALTER TABLE `departments` ADD `schedule_id` text;