import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { Page } from '../../../protocol/page.ts';
import { foundingOf } from '../../conversation/calls/call-conversation.ts';
import type { Projection } from '../../conversation/projection/store.ts';
import { initialState, type State } from '../../conversation/state/state.ts';
import type { Database } from '../../database/database.ts';
import { listConversations, type Queue } from '../../features/conversations/store/lists.ts';
import { findConversation } from '../../features/conversations/store/one.ts';
import {
  type Start,
  type Started,
  startConversation,
} from '../../features/conversations/store/start.ts';
import { DEFAULT_QUOTAS } from '../../features/quotas/quotas.ts';
import { settleWorld } from '../world.ts';

/** A database to be held to the contract: empty, with its tables. */
export type Subject = { open: () => Database; projection: Projection };

export const NOW = Date.parse('2027-03-01T12:00:00Z');

/** What a state becomes when its conversation is closed. */
export const closed = {
  status: 'closed',
  closed_at: new Date(NOW + 1).toISOString(),
} as const;

/** What the contract's tests do again and again, on the database that is held to it. */
export class Fixture {
  readonly projection: Projection;
  readonly open: () => Database;
  readonly world: Awaited<ReturnType<typeof settleWorld>>;
  #visitors = 0;

  private constructor({ open, projection }: Subject, world: Fixture['world']) {
    this.open = open;
    this.projection = projection;
    this.world = world;
  }

  /** Writes the two organizations. */
  static async settle(subject: Subject): Promise<Fixture> {
    return new Fixture(subject, await settleWorld());
  }

  visitor(): string {
    this.#visitors += 1;
    return `v_${this.#visitors}`;
  }

  /** The request of a visitor who picks Acme's Billing, and nothing else. */
  startOf(change: Partial<Start> = {}): Start {
    const visitor_id = change.visitor_id ?? this.visitor();
    return {
      visitor_id,
      session: { visitor_ids: [visitor_id], issued_at: NOW },
      department_id: this.world.acme.billing,
      previous_conversation_id: null,
      pre_chat_data: {},
      details: {},
      custom_fields: {},
      registered: null,
      page_url: null,
      referrer: null,
      browser: { user_agent: null, ip_address: null, country: null, city: null },
      quotas: DEFAULT_QUOTAS,
      now: new Date(NOW),
      ...change,
    };
  }

  /** Starts a conversation at Acme. */
  start(change?: Partial<Start>): Promise<Started> {
    return startConversation(this.open(), this.world.acme.id, this.startOf(change));
  }

  /** Brings the row to a state that follows the one it was made with, or `before`. */
  async become(
    { conversation, widget_customer }: Started,
    change: Partial<State>,
    before = initialState(foundingOf(conversation, widget_customer)),
  ): Promise<State> {
    const { status = before.status } = change;
    const shelf = status === 'closed' || status === 'snoozed' ? status : ('open' as const);
    const state = { ...before, version: before.version + 1, shelf, ...change };
    await this.projection.write(foundingOf(conversation, widget_customer), state, before);
    return state;
  }

  row({ conversation }: Started) {
    return findConversation(this.open(), this.world.acme.id, conversation.id);
  }

  /** All pages of a queue. */
  queue(
    organizationId: string,
    change: Partial<Queue>,
    limit = 50,
  ): Promise<ConversationSummary[]> {
    const query: Queue = { status: 'open', sort: 'activity', limit, ...change };
    return walk((cursor) => listConversations(this.open(), organizationId, { ...query, cursor }));
  }
}

/** All pages of a list. */
export async function walk<Item>(
  list: (cursor: string | undefined) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await list(cursor);
    items.push(...page.items);
    if (page.next_cursor === null) return items;
    cursor = page.next_cursor;
  }
}
