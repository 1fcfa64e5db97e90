import { documentNumber } from '../../drizzle/search/document-number.ts';
import { signTokens } from '../../worker/auth/visitors.ts';
import { talk } from '../harness/documents.ts';
import { cookieOf } from '../harness/people.ts';
import { DEPARTMENT, ORGANIZATION, PUBLIC_KEY } from '../harness/seed.ts';
import { SECRET } from '../harness/server.ts';
import { conversationOf, REGULAR, SECOND_DEPARTMENT, visitorOf } from './database.ts';

/** All reading queries of the API, as requests. */
export type Query = {
  name: string;
  path: string;
  init: RequestInit;
  /**
   * `list`: an index has its order and all its conditions, so that each page reads the same
   * number of rows. `filter`: it reads at most the newest thousand of its queue. Pages of both are
   * measured, too.
   */
  kind: 'list' | 'filter' | 'one';
};

/** A customer's conversations are the only list without an id to put in. */
const CUSTOMER = `01900000-${REGULAR.toString(16).padStart(4, '0')}-7000-8000-${REGULAR.toString(16).padStart(12, '0')}`;
/** Two words of one message. */
const [sentence] = talk(documentNumber(conversationOf(0)), 1);
const RARE = encodeURIComponent(sentence?.text.split(' ').slice(0, 2).join(' ') ?? '');
const CONVERSATION = '01910000-0063-7000-8000-000000000063';

export async function queries(): Promise<Query[]> {
  const agent = { headers: { cookie: await cookieOf(0) } };
  const { sessionToken, visitorToken } = await signTokens(SECRET, {
    organization_id: ORGANIZATION,
    visitor_id: visitorOf(REGULAR),
  });
  // Another visitor opens the conversation, so that the frequent customer's list stays the same.
  const newer = await signTokens(SECRET, {
    organization_id: ORGANIZATION,
    visitor_id: visitorOf(REGULAR + 1),
  });
  const visitor = { headers: { authorization: `Bearer ${sessionToken}` } };
  const queue = (kind: 'list' | 'filter', name: string, query: string): Query => ({
    name,
    path: `/api/admin/conversations?${query}`,
    init: agent,
    kind,
  });
  const query = (name: string, path: string, init: RequestInit = agent): Query => ({
    name,
    path: `/api${path}`,
    init,
    kind: 'one',
  });
  return [
    queue('list', 'queue: all', ''),
    queue('list', 'queue: closed', 'status=closed'),
    queue('list', 'queue: mine', 'assignee=me'),
    queue('list', 'queue: unassigned', 'assignee=none'),
    queue('list', 'queue: department', `department=${SECOND_DEPARTMENT}`),
    queue('list', 'queue: waiting', 'status=waiting'),
    queue('list', 'queue: longest waiting', 'sort=waiting'),
    queue('filter', 'filter: active', 'status=active'),
    queue('filter', 'filter: mine in department', `assignee=me&department=${SECOND_DEPARTMENT}`),
    queue('filter', 'filter: unassigned waiting', 'assignee=none&sort=waiting'),
    queue('filter', 'search: found', 'q=customer'),
    queue('filter', 'search: not found', 'q=nobody'),
    { ...query('customers', '/admin/customers?'), kind: 'list' },
    { ...query('customers: search', '/admin/customers?q=nobody'), kind: 'filter' },
    { ...query('search: a frequent word', '/admin/search?q=wring'), kind: 'filter' },
    { ...query('search: a rare word and another', `/admin/search?q=${RARE}`), kind: 'filter' },
    { ...query('search: nothing', '/admin/search?q=nobodysaidthis'), kind: 'filter' },
    { ...query("visitor's search", '/widget/conversations?q=wring', visitor), kind: 'one' },
    query('counts', '/admin/conversations/counts'),
    query('conversation', `/admin/conversations/${CONVERSATION}`),
    query('customer with conversations', `/admin/customers/${CUSTOMER}`),
    { ...query("visitor's conversations", '/widget/conversations?', visitor), kind: 'list' },
    query('session of a visitor who is back', '/widget/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key: PUBLIC_KEY, visitorToken, page: {} }),
    }),
    query('department picked', '/widget/conversations', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${newer.sessionToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ departmentId: DEPARTMENT }),
    }),
  ];
}
