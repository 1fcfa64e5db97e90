ALTER TABLE "users" ADD COLUMN "claimed_email" text;--> statement-breakpoint
CREATE INDEX "users_claimed_email" ON "users" USING btree ("claimed_email") WHERE "users"."claimed_email" IS NOT NULL;