const counted = /^\(\d\+?\) /;

/** The page's title says how many messages wait, before what the page itself calls it. */
export function countInTitle(count: number): void {
  const own = document.title.replace(counted, '');
  const next = count > 0 ? `(${count > 9 ? '9+' : count}) ${own}` : own;
  if (next !== document.title) document.title = next;
}

export const ownTitle = () => document.title.replace(counted, '');
