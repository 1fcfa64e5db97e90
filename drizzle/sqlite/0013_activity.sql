CREATE TABLE `activity` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`area` text NOT NULL,
	`kind` text NOT NULL,
	`actor` text NOT NULL,
	`actor_id` text,
	`subject_type` text,
	`subject_id` text,
	`subject_name` text,
	`before` text,
	`after` text,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `activity_area` ON `activity` (`organization_id`,`area`,`id`);--> statement-breakpoint
CREATE INDEX `activity_actor` ON `activity` (`organization_id`,`actor_id`,`id`) WHERE "activity"."actor_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `activity_subject` ON `activity` (`organization_id`,`subject_id`,`id`) WHERE "activity"."subject_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE `organizations` ADD `activity_days` integer DEFAULT 365;--> statement-breakpoint
ALTER TABLE `organizations` ADD `activity_conversations` integer DEFAULT false NOT NULL;