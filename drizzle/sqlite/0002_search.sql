-- custom
-- A document becomes one row: its text stands beside its words. FTS5 keeps no words to copy, but lists
-- those of the index with their places.
ALTER TABLE `search_documents` RENAME TO `documents_before`;
--> statement-breakpoint
CREATE VIRTUAL TABLE `search_documents` USING fts5(
	`terms`, `organization_id` UNINDEXED, `conversation_id` UNINDEXED, `version` UNINDEXED,
	`texts` UNINDEXED,
	content = '', contentless_delete = 1, contentless_unindexed = 1, tokenize = 'ascii'
);
--> statement-breakpoint
CREATE VIRTUAL TABLE `words_before` USING fts5vocab(`search_index`, `instance`);
--> statement-breakpoint
INSERT INTO `search_documents` (rowid, terms, organization_id, conversation_id, version, texts)
	SELECT d.document, coalesce(w.terms, ''), d.organization_id, d.conversation_id, d.version, d.texts
	FROM `documents_before` AS d
	JOIN `search_index` AS i ON i.rowid = d.document AND i.organization_id = d.organization_id
	LEFT JOIN (
		SELECT doc, group_concat(term, ' ' ORDER BY offset) AS terms FROM `words_before` GROUP BY doc
	) AS w ON w.doc = d.document;
--> statement-breakpoint
DROP TABLE `words_before`;
--> statement-breakpoint
DROP TABLE `search_index`;
--> statement-breakpoint
-- FTS5 leaves the columns that are not indexed behind. SQLite lets go of them once it has read the
-- schema anew, as after a change of a name.
ALTER TABLE `documents_before` RENAME TO `documents_gone`;
--> statement-breakpoint
DROP TABLE IF EXISTS `search_index_content`;
--> statement-breakpoint
DROP TABLE `documents_gone`;
