import { isEmpty } from '../../../protocol/text/text.ts';

/** Characters of a page's path that agents are shown. */
const MAX_PATH = 80;

type Known = {
  full_name: string | null;
  city?: string | null | undefined;
  country?: string | null | undefined;
  /** The page on which the conversation began. */
  page_url?: string | null | undefined;
};

/**
 * What tells a visitor without a name from the others in the agents' lists: the city, the country's
 * code and the path of the page. Empty for visitors with a name; what is not known is left out.
 */
export function visitorHint({ full_name, city, country, page_url }: Known): {
  city?: string;
  country?: string;
  page?: string;
} {
  if (full_name !== null && !isEmpty(full_name)) return {};
  const page = pathOf(page_url ?? null);
  return { ...(city && { city }), ...(country && { country }), ...(page !== null && { page }) };
}

/** Without the query, which may hold private data. */
function pathOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return new URL(url).pathname.slice(0, MAX_PATH);
}
