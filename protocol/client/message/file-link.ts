/** Milliseconds before its end at which a link is replaced, since the browser still has to open it. */
const AHEAD = 30_000;

/** A link as the Worker makes it: good until a time, ISO 8601. */
export type FileLink = { url: string; expires_at: string };

/**
 * The link to a file, requested when it is needed and again when it has ended: a tab may stay open
 * for days, a link works for minutes.
 */
export function createFileLink(request: () => Promise<FileLink>) {
  let link: FileLink | null = null;
  let asking: Promise<FileLink> | null = null;
  const isGood = () => link !== null && Date.parse(link.expires_at) - AHEAD > Date.now();
  return {
    /** The current link; null when there is none, or it has ended. */
    now: () => (isGood() && link ? link.url : null),
    /** @param again whether the current link does not work, whatever its end */
    async get(again = false): Promise<string> {
      if (link && isGood() && !again) return link.url;
      asking ??= request().finally(() => {
        asking = null;
      });
      link = await asking;
      return link.url;
    },
  };
}
