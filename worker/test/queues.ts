/** The lists of the dashboard that grow with the conversations, each as a path that takes parameters. */

/** Those whose order and every condition an index covers. */
export const indexedLists = (department: string) => [
  '/admin/conversations?',
  '/admin/conversations?status=closed',
  '/admin/conversations?status=snoozed',
  '/admin/conversations?assignee=me',
  '/admin/conversations?assignee=none',
  `/admin/conversations?department=${department}`,
  '/admin/conversations?sort=waiting',
  '/admin/conversations?status=waiting',
  '/admin/customers?',
  '/admin/customers?sort=first_seen',
  '/admin/customers?seenSince=1970-01-01T00:00:00.000Z',
];

/** Those whose parts an index covers, for an agent who sees only the departments that they serve. */
export const indexedForRestricted = (department: string) => [
  '/admin/conversations?',
  '/admin/conversations?status=closed',
  '/admin/conversations?status=snoozed',
  '/admin/conversations?assignee=me',
  `/admin/conversations?department=${department}`,
];

/** For them the rest is looked at, row by row. */
export const filteredForRestricted = (department: string, label: string) => [
  '/admin/conversations?assignee=none',
  '/admin/conversations?sort=waiting',
  '/admin/conversations?status=active',
  '/admin/conversations?q=nobody',
  `/admin/conversations?label=${label}`,
  `/admin/conversations?department=${crypto.randomUUID()}`,
  `/admin/conversations?department=${department}&status=active`,
  '/admin/conversations?mentioned=me',
  '/admin/customers?',
  '/admin/customers?sort=first_seen',
];

/** Those that look at rows: the newest thousand. */
export const filteredLists = (department: string, label: string) => [
  '/admin/conversations?status=active',
  `/admin/conversations?assignee=me&department=${department}`,
  '/admin/conversations?assignee=none&sort=waiting',
  `/admin/conversations?department=${department}&status=waiting`,
  `/admin/conversations?label=${label}`,
  `/admin/conversations?label=${label}&status=closed&assignee=me`,
  '/admin/conversations?mentioned=me',
  `/admin/conversations?mentioned=me&label=${label}`,
  '/admin/conversations?q=nobody',
  '/admin/conversations?q=nobody&sort=waiting',
  '/admin/customers?q=nobody',
  '/admin/customers?hasEmail=true',
  `/admin/customers?department=${crypto.randomUUID()}`,
  `/admin/customers?label=${crypto.randomUUID()}&sort=first_seen`,
];
