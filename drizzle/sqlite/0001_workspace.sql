CREATE TABLE `conversation_mentions` (
	`organization_id` text NOT NULL,
	`user_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`seq` integer NOT NULL,
	`seen` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `user_id`, `conversation_id`),
	FOREIGN KEY (`organization_id`,`conversation_id`) REFERENCES `conversations`(`organization_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `conversation_mentions_conversation` ON `conversation_mentions` (`organization_id`,`conversation_id`);--> statement-breakpoint
CREATE TABLE `customer_notes` (
	`organization_id` text NOT NULL,
	`widget_customer_id` text NOT NULL,
	`id` text NOT NULL,
	`author_id` text NOT NULL,
	`author_name` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `widget_customer_id`, `id`),
	FOREIGN KEY (`organization_id`,`widget_customer_id`) REFERENCES `widget_customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `identity_secrets` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `saved_views` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`user_id` text,
	`name` text NOT NULL,
	`query` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `search_documents` (
	`organization_id` text NOT NULL,
	`document` integer NOT NULL,
	`conversation_id` text NOT NULL,
	`version` integer NOT NULL,
	`texts` text NOT NULL,
	PRIMARY KEY(`organization_id`, `document`),
	FOREIGN KEY (`organization_id`,`conversation_id`) REFERENCES `conversations`(`organization_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `two_factors` (
	`id` text PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`backup_codes` text NOT NULL,
	`user_id` text NOT NULL,
	`verified` integer DEFAULT true NOT NULL,
	`failed_verification_count` integer DEFAULT 0 NOT NULL,
	`locked_until` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `two_factors_user` ON `two_factors` (`user_id`);--> statement-breakpoint
CREATE TABLE `user_pictures` (
	`user_id` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`data` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `user_pictures_id_unique` ON `user_pictures` (`id`);--> statement-breakpoint
CREATE TABLE `user_preferences` (
	`user_id` text PRIMARY KEY NOT NULL,
	`preferences` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
DROP INDEX `conversations_activity`;--> statement-breakpoint
DROP INDEX `conversations_assignee`;--> statement-breakpoint
DROP INDEX `conversations_department`;--> statement-breakpoint
ALTER TABLE `conversations` ADD `shelf` text DEFAULT 'open' NOT NULL;--> statement-breakpoint
ALTER TABLE `conversations` ADD `label_ids` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `conversations` ADD `mentions` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `conversations` ADD `rating` integer;--> statement-breakpoint
ALTER TABLE `conversations` ADD `rating_comment` text;--> statement-breakpoint
CREATE INDEX `conversations_activity` ON `conversations` (`organization_id`,`shelf`,`activity_at`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_assignee` ON `conversations` (`organization_id`,`assignee_id`,`shelf`,`activity_at`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_department` ON `conversations` (`organization_id`,`department_id`,`shelf`,`activity_at`,`id`);--> statement-breakpoint
ALTER TABLE `departments` ADD `translations` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `departments` ADD `offline` text DEFAULT 'show' NOT NULL;--> statement-breakpoint
ALTER TABLE `organizations` ADD `restrict_agents` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `two_factor_enabled` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `widget_customers` ADD `blocked_at` integer;--> statement-breakpoint
CREATE INDEX `widget_customers_seen` ON `widget_customers` (`organization_id`,`last_seen_at`,`id`);--> statement-breakpoint
ALTER TABLE `widget_settings` ADD `translations` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `widget_settings` ADD `theme` text DEFAULT 'auto' NOT NULL;--> statement-breakpoint
ALTER TABLE `widget_settings` ADD `position` text;--> statement-breakpoint
ALTER TABLE `widget_settings` ADD `launcher` text DEFAULT 'icon' NOT NULL;--> statement-breakpoint
ALTER TABLE `widget_settings` ADD `launcher_text` text;--> statement-breakpoint
ALTER TABLE `widget_settings` ADD `seen_at` integer;--> statement-breakpoint
ALTER TABLE `widget_settings` ADD `seen_origin` text;--> statement-breakpoint
CREATE INDEX `conversation_labels_label` ON `conversation_labels` (`organization_id`,`label_id`,`conversation_id`);--> statement-breakpoint
CREATE INDEX `department_members_user` ON `department_members` (`organization_id`,`user_id`,`department_id`);
--> statement-breakpoint
-- custom
UPDATE conversations SET shelf = 'closed' WHERE closed_at IS NOT NULL;
--> statement-breakpoint
UPDATE conversations SET shelf = 'snoozed' WHERE status = 'snoozed';

--> statement-breakpoint
CREATE VIRTUAL TABLE `search_index` USING fts5(
	`terms`, `organization_id` UNINDEXED,
	content = '', contentless_delete = 1, contentless_unindexed = 1, tokenize = 'ascii'
);
