import { expect, test } from 'vitest';
import type { Kind } from './frozen.ts';
import { migrationFiles } from './migration-files.ts';
import { isContract } from './migration-problem.ts';

/**
 * O13: a version works with the database of the next one. So a migration only adds, in a way that the
 * statements of the version before do not notice (docs/upgrading.md, "Migrations"). One that takes
 * something away is named `NNNN_…_contract`, by which older versions know that they must not run.
 */

/** Those that installations had applied before there was this rule. */
const BEFORE = ['0000_start.sql', '0001_workspace.sql', '0002_search.sql'];

const CREATED = /^CREATE TABLE [`"](\w+)[`"]/;
/** What an INSERT of the version before leaves out must have a value. */
const COLUMN =
  /^ALTER TABLE [`"]\w+[`"] ADD (?:COLUMN )?[`"]\w+[`"] (?!.*NOT NULL)|^ALTER TABLE .* ADD .*\bDEFAULT\b/;
const INDEX = /^CREATE INDEX /;
const VIRTUAL = /^CREATE VIRTUAL TABLE /;
/** These refuse rows: only a table that the migration itself makes may get them. */
const RULE = /^CREATE UNIQUE INDEX .* ON [`"](\w+)[`"]|^ALTER TABLE [`"](\w+)[`"] ADD CONSTRAINT /;

function statementsOf(text: string): string[] {
  return text
    .split(/--> statement-breakpoint|;\s*(?:\n|$)/)
    .map((statement) =>
      statement
        .replace(/^\s*--.*$/gm, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((statement) => statement !== '');
}

/** The statements of a migration that the version before would notice. */
function noticeable(text: string): string[] {
  const statements = statementsOf(text);
  const created = statements.flatMap((statement) => CREATED.exec(statement)?.[1] ?? []);
  return statements.filter((statement) => {
    if ([CREATED, COLUMN, INDEX, VIRTUAL].some((form) => form.test(statement))) return false;
    const [, indexed, ruled] = RULE.exec(statement) ?? [];
    return !created.includes(indexed ?? ruled ?? '');
  });
}

const kinds: Kind[] = ['sqlite', 'postgres'];
const all = kinds.flatMap((kind) =>
  migrationFiles(kind)
    .filter(({ name }) => !BEFORE.includes(name) && !isContract(name))
    .map(({ name, text }) => [`${kind}/${name}`, text] as const),
);

test.each(all)('O13: %s adds only, and is named ..._contract where it does not', (_, text) => {
  expect(noticeable(text)).toEqual([]);
});

test.each([
  'DROP TABLE `labels`',
  'ALTER TABLE `labels` RENAME COLUMN `color` TO `colour`',
  'ALTER TABLE `labels` ADD `icon` text NOT NULL',
  'CREATE UNIQUE INDEX `labels_name` ON `labels` (`name`)',
  'ALTER TABLE "labels" ALTER COLUMN "color" SET NOT NULL',
  'ALTER TABLE "labels" ADD CONSTRAINT "labels_color" CHECK (color <> \'\')',
  'DELETE FROM `labels`',
])('O13: the version before would notice %s', (statement) => {
  expect(noticeable(`${statement};\n`)).toEqual([statement]);
});

test.each([
  'CREATE TABLE `icons` (`id` text PRIMARY KEY NOT NULL);\nCREATE UNIQUE INDEX `i` ON `icons` (`id`)',
  'ALTER TABLE `labels` ADD `icon` text',
  "ALTER TABLE `labels` ADD `icon` text DEFAULT '' NOT NULL",
  'ALTER TABLE "labels" ADD COLUMN "made_at" timestamp (3) with time zone',
  'CREATE INDEX `labels_icon` ON `labels` (`icon`)',
])('O13: it would not notice %s', (text) => {
  expect(noticeable(`${text};\n`)).toEqual([]);
});
