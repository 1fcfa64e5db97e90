CREATE TABLE `customer_entries` (
	`organization_id` text NOT NULL,
	`widget_customer_id` text NOT NULL,
	`id` text NOT NULL,
	`event` text NOT NULL,
	`by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `widget_customer_id`, `id`),
	FOREIGN KEY (`organization_id`,`widget_customer_id`) REFERENCES `widget_customers`(`organization_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `conversations` ADD `closed_by` text;