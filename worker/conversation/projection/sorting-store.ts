import { and, eq, inArray, ne, notInArray, sql } from 'drizzle-orm';
import type { Mention } from '../../../protocol/conversation/conversation-fields.ts';
import { tables } from '../../database/configured.ts';
import type { Database, Write } from '../../database/database.ts';

const { conversationLabels, conversationMentions, conversations, labels, members } = tables;

/** The state that the rows below are made of. */
type Sorting = { version: number; label_ids: string[]; mentions: Mention[] };
type Key = { organization_id: string; id: string };

/**
 * The writes after which the conversation is found by its labels and by whom its notes name, and by
 * nothing else. They belong behind the write of its row, in one `writeAll`: each takes effect only
 * where the row has this version, so what is late changes nothing (P7). What is right already costs
 * no row.
 */
export function sortingWrites(db: Database, key: Key, state: Sorting): Write[] {
  // What is no id names no row, and Postgres would refuse to look for it.
  const { version } = state;
  const label_ids = state.label_ids.filter(isId);
  const mentions = state.mentions.filter(({ user_id }) => isId(user_id));
  const current = { version, label_ids, mentions };
  return [...labelWrites(db, key, current), ...mentionWrites(db, key, current)];
}

function isId(text: string): boolean {
  return UUID.test(text);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function labelWrites(db: Database, { organization_id, id }: Key, state: Sorting): Write[] {
  const { label_ids, version } = state;
  const own = and(
    eq(conversationLabels.organization_id, organization_id),
    eq(conversationLabels.conversation_id, id),
  );
  const writes: Write[] = [
    db
      .delete(conversationLabels)
      .where(
        and(
          own,
          label_ids.length > 0 ? notInArray(conversationLabels.label_id, label_ids) : undefined,
          holds(organization_id, id, version),
        ),
      ),
  ];
  // A label that was removed meanwhile has no row to name.
  if (label_ids.length > 0) {
    writes.push(
      db
        .insert(conversationLabels)
        .select(
          db
            .select({
              organization_id: labels.organization_id,
              conversation_id: sql<string>`${conversations.id}`.as('conversation_id'),
              label_id: sql<string>`${labels.id}`.as('label_id'),
            })
            .from(labels)
            .innerJoin(conversations, eq(conversations.organization_id, labels.organization_id))
            .where(
              and(
                eq(labels.organization_id, organization_id),
                inArray(labels.id, label_ids),
                eq(conversations.id, id),
                eq(conversations.version, version),
              ),
            ),
        )
        .onConflictDoNothing(),
    );
  }
  return writes;
}

function mentionWrites(db: Database, key: Key, { mentions, version }: Sorting): Write[] {
  const { organization_id, id } = key;
  const named = mentions.map(({ user_id }) => user_id);
  const own = and(
    eq(conversationMentions.organization_id, organization_id),
    eq(conversationMentions.conversation_id, id),
  );
  const writes: Write[] = [
    db
      .delete(conversationMentions)
      .where(
        and(
          own,
          named.length > 0 ? notInArray(conversationMentions.user_id, named) : undefined,
          holds(organization_id, id, version),
        ),
      ),
  ];
  for (const { user_id, seq, seen } of mentions)
    writes.push(mentionWrite(db, key, { user_id, seq, seen }, version));
  return writes;
}

/** A mention of somebody who is not in the team gets no row. */
function mentionWrite(
  db: Database,
  { organization_id, id }: Key,
  { user_id, seq, seen }: Mention,
  version: number,
): Write {
  return db
    .insert(conversationMentions)
    .select(
      db
        .select({
          organization_id: conversations.organization_id,
          user_id: members.userId,
          conversation_id: sql<string>`${conversations.id}`.as('conversation_id'),
          seq: sql<number>`${sql.param(seq, conversationMentions.seq)}`.as('seq'),
          seen: sql<boolean>`${sql.param(seen, conversationMentions.seen)}`.as('seen'),
        })
        .from(conversations)
        .innerJoin(members, eq(members.organizationId, conversations.organization_id))
        .where(
          and(
            eq(conversations.organization_id, organization_id),
            eq(conversations.id, id),
            eq(conversations.version, version),
            eq(members.userId, user_id),
          ),
        ),
    )
    .onConflictDoUpdate({
      target: [
        conversationMentions.organization_id,
        conversationMentions.user_id,
        conversationMentions.conversation_id,
      ],
      set: { seq, seen },
      setWhere: sql`${ne(conversationMentions.seq, seq)} OR ${ne(conversationMentions.seen, seen)}`,
    });
}

/** A condition: the conversation's row has this version. */
function holds(organizationId: string, id: string, version: number) {
  return sql`EXISTS (SELECT 1 FROM ${conversations}
    WHERE ${conversations.organization_id} = ${organizationId} AND ${conversations.id} = ${id}
    AND ${conversations.version} = ${version})`;
}
