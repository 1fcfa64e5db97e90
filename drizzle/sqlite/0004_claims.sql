ALTER TABLE `users` ADD `claimed_email` text;--> statement-breakpoint
CREATE INDEX `users_claimed_email` ON `users` (`claimed_email`) WHERE "users"."claimed_email" IS NOT NULL;