-- custom
-- A document becomes one row: its words stand beside its text.
ALTER TABLE "search_documents" ADD COLUMN "terms" tsvector;
--> statement-breakpoint
UPDATE "search_documents" AS d SET "terms" = coalesce((
	SELECT i."terms" FROM "search_index" AS i
	WHERE i."organization_id" = d."organization_id" AND i."document" = d."document"
), '');
--> statement-breakpoint
ALTER TABLE "search_documents" ALTER COLUMN "terms" SET NOT NULL;
--> statement-breakpoint
DROP TABLE "search_index";
--> statement-breakpoint
CREATE INDEX "search_documents_terms" ON "search_documents" USING gin ("terms");
