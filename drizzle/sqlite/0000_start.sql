-- Every key is text: without a rowid a table needs no second index for it, and an insert writes one
-- billed row less. Strict: a column holds what it says. drizzle-kit writes neither; add both by hand.
CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `accounts_user` ON `accounts` (`user_id`);--> statement-breakpoint
CREATE TABLE `canned_responses` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`shortcut` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `canned_responses_shortcut` ON `canned_responses` (`organization_id`,`shortcut`);--> statement-breakpoint
CREATE TABLE `conversation_labels` (
	`organization_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`label_id` text NOT NULL,
	PRIMARY KEY(`organization_id`, `conversation_id`, `label_id`),
	FOREIGN KEY (`organization_id`,`conversation_id`) REFERENCES `conversations`(`organization_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organization_id`,`label_id`) REFERENCES `labels`(`organization_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `conversations` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`widget_customer_id` text,
	`customer_id` text,
	`previous_conversation_id` text,
	`pre_chat_data` text NOT NULL,
	`page_url` text,
	`referrer` text,
	`created_at` integer NOT NULL,
	`department_id` text NOT NULL,
	`status` text NOT NULL,
	`assignee_id` text,
	`assignee_name` text,
	`closed_reason` text,
	`priority` text DEFAULT 'normal' NOT NULL,
	`snoozed_until` integer,
	`last_seq` integer DEFAULT 0 NOT NULL,
	`last_public_seq` integer DEFAULT 0 NOT NULL,
	`last_message_preview` text,
	`last_message_at` integer,
	`last_sender` text,
	`message_count` integer DEFAULT 0 NOT NULL,
	`agent_read_seq` integer DEFAULT 0 NOT NULL,
	`visitor_read_seq` integer DEFAULT 0 NOT NULL,
	`waiting_since` integer,
	`first_response_at` integer,
	`closed_at` integer,
	`activity_at` integer NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`,`widget_customer_id`) REFERENCES `widget_customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`department_id`) REFERENCES `departments`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "conversations_someone" CHECK(`customer_id` IS NOT NULL OR `widget_customer_id` IS NOT NULL),
	CONSTRAINT "conversations_closed" CHECK((`status` = 'closed') = (`closed_at` IS NOT NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_one_open` ON `conversations` (`organization_id`,`widget_customer_id`,`department_id`) WHERE closed_at IS NULL;--> statement-breakpoint
CREATE INDEX `conversations_customer` ON `conversations` (`organization_id`,`widget_customer_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_activity` ON `conversations` (`organization_id`,(closed_at IS NULL),`activity_at`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_assignee` ON `conversations` (`organization_id`,`assignee_id`,(closed_at IS NULL),`activity_at`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_department` ON `conversations` (`organization_id`,`department_id`,(closed_at IS NULL),`activity_at`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_waiting` ON `conversations` (`organization_id`,`created_at`,`id`) WHERE status = 'waiting';--> statement-breakpoint
CREATE TABLE `customers` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`external_id` text NOT NULL,
	`email` text,
	`full_name` text,
	`phone` text,
	`custom_fields` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_external` ON `customers` (`organization_id`,`external_id`);--> statement-breakpoint
CREATE TABLE `department_members` (
	`organization_id` text NOT NULL,
	`department_id` text NOT NULL,
	`user_id` text NOT NULL,
	PRIMARY KEY(`organization_id`, `department_id`, `user_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organization_id`,`department_id`) REFERENCES `departments`(`organization_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `departments` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`position` integer NOT NULL,
	`pre_chat_fields` text NOT NULL,
	`visible` integer DEFAULT true NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`email` text NOT NULL,
	`role` text,
	`status` text NOT NULL,
	`inviter_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`inviter_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `invitations_organization` ON `invitations` (`organization_id`);--> statement-breakpoint
CREATE TABLE `labels` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`color` text NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `labels_name` ON `labels` (`organization_id`,`name`);--> statement-breakpoint
CREATE TABLE `members` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `members_organization_user` ON `members` (`organization_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `members_user` ON `members` (`user_id`);--> statement-breakpoint
CREATE TABLE `organizations` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`slug` text NOT NULL,
	`logo` text,
	`metadata` text,
	`created_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_slug_unique` ON `organizations` (`slug`);--> statement-breakpoint
CREATE TABLE `rate_limits` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`count` integer NOT NULL,
	`last_request` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `rate_limits_key_unique` ON `rate_limits` (`key`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`token` text NOT NULL,
	`user_id` text NOT NULL,
	`active_organization_id` text,
	`ip_address` text,
	`user_agent` text,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_unique` ON `sessions` (`token`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `verifications_identifier` ON `verifications` (`identifier`);--> statement-breakpoint
CREATE TABLE `widget_customers` (
	`organization_id` text NOT NULL,
	`id` text NOT NULL,
	`visitor_id` text NOT NULL,
	`customer_id` text,
	`email` text,
	`full_name` text,
	`phone` text,
	`user_agent` text,
	`ip_address` text,
	`country` text,
	`city` text,
	`custom_fields` text NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`total_conversations` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`organization_id`, `id`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organization_id`,`customer_id`) REFERENCES `customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `widget_customers_visitor` ON `widget_customers` (`organization_id`,`visitor_id`);--> statement-breakpoint
CREATE TABLE `widget_settings` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`public_key` text NOT NULL,
	`allowed_origins` text NOT NULL,
	`accent` text,
	`locale` text DEFAULT 'en' NOT NULL,
	`greeting` text,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `widget_settings_public_key_unique` ON `widget_settings` (`public_key`);