import { documentNumber } from '../../drizzle/search/document-number.ts';
import { signTokens } from '../../worker/auth/visitors.ts';
import { talk } from '../harness/documents.ts';
import { cookieOf } from '../harness/people.ts';
import { DEPARTMENT, ORGANIZATION, PUBLIC_KEY } from '../harness/seed.ts';
import { SECRET } from '../harness/server.ts';
import { conversationOf, REGULAR, SECOND_DEPARTMENT, visitorOf } from './database.ts';

/** Everything that the API asks the database for reading, as requests. */
export type Query = {
  name: string;
  path: string;
  init: RequestInit;
  /**
   * `list`: an index has its order and all its conditions, so that each page reads the same
   * number of rows. `filter`: it looks through the newest thousand of its queue, and no further.
   * Pages of both are looked at, too.
   */
  kind: 'list' | 'filter' | 'one';
};

/** A customer's conversations are the only list without an id to put in. */
const CUSTOMER = `01900000-${REGULAR.toString(16).padStart(4, '0')}-7000-8000-${REGULAR.toString(16).padStart(12, '0')}`;
/** Two words that somebody said in one message. */
const [said] = talk(documentNumber(conversationOf(0)), 1);
const RARE = encodeURIComponent(said?.text.split(' ').slice(0, 2).join(' ') ?? '');
const CONVERSATION = '01910000-0063-7000-8000-000000000063';

export async function queries(): Promise<Query[]> {
  const agent = { headers: { cookie: await cookieOf(0) } };
  const { sessionToken, visitorToken } = await signTokens(SECRET, {
    organization_id: ORGANIZATION,
    visitor_id: visitorOf(REGULAR),
  });
  // Who opens a conversation here is somebody else, so that the regular's list stays as it is.
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
  const one = (name: string, path: string, init: RequestInit = agent): Query => ({
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
    { ...one('customers', '/admin/customers?'), kind: 'list' },
    { ...one('customers: search', '/admin/customers?q=nobody'), kind: 'filter' },
    { ...one('search: a frequent word', '/admin/search?q=wring'), kind: 'filter' },
    { ...one('search: a rare word and another', `/admin/search?q=${RARE}`), kind: 'filter' },
    { ...one('search: nothing', '/admin/search?q=nobodysaidthis'), kind: 'filter' },
    { ...one("visitor's search", '/widget/conversations?q=wring', visitor), kind: 'one' },
    one('counts', '/admin/conversations/counts'),
    one('conversation', `/admin/conversations/${CONVERSATION}`),
    one('customer with conversations', `/admin/customers/${CUSTOMER}`),
    { ...one("visitor's conversations", '/widget/conversations?', visitor), kind: 'list' },
    one('session of a visitor who is back', '/widget/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key: PUBLIC_KEY, visitorToken, page: {} }),
    }),
    one('department picked', '/widget/conversations', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${newer.sessionToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ departmentId: DEPARTMENT }),
    }),
  ];
}
