import { quietly, tellError } from './quietly.ts';
import { type Command, createWidget } from './widget.ts';

/**
 * The script on the customer's page (`<script async src="…/widget.js" data-key="wk_…">`). It draws
 * the launcher and does nothing else until the visitor acts (P1). Its errors never reach the page,
 * and `Foyer` is the only name that it adds.
 */

/** The page's `Foyer` before this script ran: an earlier run's, the page's queue, or something else. */
type Existing = { repair?: () => void; q?: Command[] };

// Modules and imported scripts have no `currentScript`.
const script: Partial<HTMLScriptElement> | null =
  document.currentScript ?? document.querySelector('script[data-key],script[src*="key=wk_"]');
// The script element may be removed by now; an error's stack still names the file.
const src = script?.src || /https?:\S+?(?=:\d+:\d)/.exec(`${new Error().stack}`)?.[0];

/**
 * Draws a widget and gives the page its commands.
 * @param waiting commands that the page queued before this script ran
 * @param nameIsTaken whether the page has a `Foyer` of its own, which stays
 */
const begin = quietly((waiting?: Command[], nameIsTaken?: boolean) => {
  // The frame would inherit the sandbox and could not load its own script.
  if (window.origin === 'null' && !/file|data/.test(location.protocol)) {
    return tellError('No chat without allow-same-origin.');
  }
  if (!src) return tellError('This script has no address.');
  const { origin, search, searchParams } = new URL(src);
  if (!COMMANDS && waiting) {
    // A page that queues commands needs the other build, even when it embeds this one.
    import(/* @vite-ignore */ `${origin}/foyer.js${search}`).catch(tellError);
    return;
  }
  const { FoyerSettings }: { FoyerSettings?: object } = Object(window);
  const { put, show, command } = createWidget({
    // Without a key the panel says that there is no such chat.
    key: '',
    ...FoyerSettings,
    ...Object.fromEntries(searchParams),
    ...script?.dataset,
    origin,
    begin,
  });
  if (nameIsTaken) tellError('The page has a Foyer of its own: no commands.');
  else {
    Object.assign(window, {
      Foyer: COMMANDS
        ? // `Foyer('open')` and `Foyer.open()`. Without `then`, so that no promise waits for it.
          new Proxy(command, { get: (_, name) => name !== 'then' && command.bind(null, name) })
        : {
            open: () => show(true),
            close: () => show(false),
            toggle: () => show(),
            repair: put,
          },
    });
  }
  put();
  if (COMMANDS) for (const words of waiting ?? []) command(...words);
});

// An element with the id `Foyer` is also `window.Foyer`, but not the window's own property.
const existing: Existing | undefined = Object.hasOwn(window, 'Foyer')
  ? Object(window).Foyer
  : undefined;
// The script ran before: it was included twice, or the page ran it again after removing the launcher.
if (existing?.repair) existing.repair();
else if (!existing) begin();
else if (existing.q || /\.q\b/.test(`${existing}`)) begin(existing.q ?? []);
else if (!document.querySelector('foyer-widget')) begin(undefined, true);
