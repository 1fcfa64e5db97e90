import { quietly, tellError } from './quietly.ts';
import { type Command, createWidget } from './widget.ts';

/**
 * The script on the customer's page (`<script async src="…/widget.js" data-key="wk_…">`). It draws
 * the launcher and does nothing else until somebody acts (P1). No error of it reaches the page,
 * and `Foyer` is all that it adds to it.
 */

const script =
  document.currentScript ?? (COMMANDS ? document.querySelector('script[data-key]') : null);

/** Draws a widget and gives the page its commands; `waiting` are those that came first. */
const begin = quietly((waiting?: Command[]) => {
  if (!(script instanceof HTMLScriptElement)) return;
  const { origin } = new URL(script.src);
  if (!COMMANDS && waiting) {
    // A page that speaks to us embeds the other build; one that forgot gets it all the same.
    import(/* @vite-ignore */ `${origin}/foyer.js`).catch(tellError);
    return;
  }
  const { draw, show, command } = createWidget({
    // Without a key the panel says that there is no such chat.
    key: '',
    ...script.dataset,
    origin,
    begin,
  });
  Object.assign(window, {
    Foyer: COMMANDS
      ? // `Foyer('open')` and `Foyer.open()`; nothing that a promise would wait for.
        new Proxy(command, { get: (_, name) => name !== 'then' && command.bind(null, name) })
      : { open: () => show(true), close: () => show(false), toggle: () => show() },
  });
  if (document.body) draw();
  else document.addEventListener('DOMContentLoaded', draw);
  if (COMMANDS) for (const words of waiting ?? []) command(...words);
});

// What the page has: this script's own, when it is included twice; a queue that waits; nothing.
const { Foyer }: { Foyer?: { open?: unknown; q?: Command[] } } = window;
if (!Foyer?.open) begin(Foyer?.q);
