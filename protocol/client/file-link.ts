/** Milliseconds before its end at which a link is asked for anew: it has to be opened, too. */
const AHEAD = 30_000;

/** A link as the Worker makes it: good until a time, ISO 8601. */
export type FileLink = { url: string; expires_at: string };

/**
 * The link to a file, asked for when it is needed and again when it has ended: a tab may stay open
 * for days, a link is good for minutes.
 */
export function createFileLink(ask: () => Promise<FileLink>) {
  let held: FileLink | null = null;
  let asking: Promise<FileLink> | null = null;
  const isGood = () => held !== null && Date.parse(held.expires_at) - AHEAD > Date.now();
  return {
    /** The link that holds now; null when there is none, or it has ended. */
    now: () => (isGood() && held ? held.url : null),
    /** @param anew the one that is held does not work, whatever its end */
    async get(anew = false): Promise<string> {
      if (held && isGood() && !anew) return held.url;
      asking ??= ask().finally(() => {
        asking = null;
      });
      held = await asking;
      return held.url;
    },
  };
}
