import { quietly, tellError } from './quietly.ts';
import { type Command, createWidget } from './widget.ts';

/**
 * The script on the customer's page (`<script async src="…/widget.js" data-key="wk_…">`). It draws
 * the launcher and does nothing else until somebody acts (P1). No error of it reaches the page,
 * and `Foyer` is all that it adds to it.
 */

/** What the page has under our name: our own, the queue that waits for us, or something else. */
type Named = { repair?: () => void; q?: Command[] };

// A module has no `currentScript`, and neither has a script that another one imports.
const script: Partial<HTMLScriptElement> | null =
  document.currentScript ?? document.querySelector('script[data-key],script[src*="key=wk_"]');
// The element may be gone by now; the engine knows where its code came from.
const src = script?.src || /https?:\S+?(?=:\d+:\d)/.exec(`${new Error().stack}`)?.[0];

/**
 * Draws a widget and gives the page its commands; `waiting` are those that came first.
 * @param nameless whether the page has something of its own called Foyer, which stays
 */
const begin = quietly((waiting?: Command[], nameless?: boolean) => {
  // Our frame inherits the sandbox, and could not even load its own script.
  if (window.origin === 'null' && !/file|data/.test(location.protocol)) {
    return tellError('No chat without allow-same-origin.');
  }
  if (!src) return tellError('This script has no address.');
  const { origin, search, searchParams } = new URL(src);
  if (!COMMANDS && waiting) {
    // A page that speaks to us embeds the other build; one that forgot gets it all the same.
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
  if (nameless) tellError('The page has a Foyer of its own: no commands.');
  else {
    Object.assign(window, {
      Foyer: COMMANDS
        ? // `Foyer('open')` and `Foyer.open()`; nothing that a promise would wait for.
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

// An element whose id is Foyer has the name too, but gives way.
const named: Named | undefined = Object.hasOwn(window, 'Foyer') ? Object(window).Foyer : undefined;
// Included twice, or run again by a page that threw everything away.
if (named?.repair) named.repair();
else if (!named) begin();
else if (named.q || /\.q\b/.test(`${named}`)) begin(named.q ?? []);
else if (!document.querySelector('foyer-widget')) begin(undefined, true);
