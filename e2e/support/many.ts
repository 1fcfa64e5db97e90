import type { Foyer } from './foyer.ts';

/** Acme and its Billing, as the demo has them. */
export const ACME = '019a4b00-0000-7000-8000-000000000001';
const BILLING = '019a4b00-0000-7000-8000-000000000013';

/** A label that every fifth of them has. */
const LABEL = '01900000-0000-7000-8000-00000000000a';

/** From 1 to `count`. */
const numbers = (count: number) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;

/** Ids of version 7 that are older than everything else: `…0` for customers, `…1` for conversations. */
const idOf = (kind: 0 | 1) => `printf('0190000${kind}-0000-7000-8000-%012x', i)`;

/** The id of a conversation of `fillInbox`, by its number. */
export function numbered(number: number): string {
  return `01900001-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/**
 * Writes so many open conversations of nobody into Acme's inbox on a local D1, all at once and
 * without objects: number 1 is the oldest, and each next one is a minute later, up to now.
 */
export async function fillInbox(foyer: Foyer, count: number): Promise<void> {
  const at = `(${Date.now()} - (${count} - i) * 60000)`;
  await foyer.query(
    `INSERT INTO labels (organization_id, id, name, color)
     VALUES ('${ACME}', '${LABEL}', 'Refund', '#c2410c')`,
  );
  await foyer.query(
    `INSERT INTO widget_customers (organization_id, id, visitor_id, full_name, custom_fields,
       first_seen_at, last_seen_at, total_conversations)
     ${numbers(count)} SELECT '${ACME}', ${idOf(0)}, 'v_many_' || i, 'Customer ' || i, '{}',
       ${at}, ${at}, 1 FROM n`,
  );
  await foyer.query(
    `INSERT INTO conversations (organization_id, id, widget_customer_id, pre_chat_data, created_at,
       department_id, status, label_ids, last_seq, last_public_seq, last_message_preview,
       last_message_at, last_sender, message_count, waiting_since, activity_at, version)
     ${numbers(count)} SELECT '${ACME}', ${idOf(1)}, ${idOf(0)}, '{}', ${at}, '${BILLING}',
       'waiting', CASE i % 5 WHEN 0 THEN '["${LABEL}"]' ELSE '[]' END, 1, 1,
       'Question ' || i || ', in as many words as people use', ${at}, 'visitor', 1, ${at},
       ${at} / 300000 * 300000, ${at} FROM n`,
  );
}
