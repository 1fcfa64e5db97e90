import { quietly } from './quietly.ts';
import { type Command, createWidget } from './widget.ts';

/**
 * The script on the customer's page (`<script async src="…/widget.js" data-key="wk_…">`). It draws
 * the launcher and does nothing else until somebody acts (P1). No error of it reaches the page,
 * and `Foyer` is all that it adds to it.
 */

const script = document.currentScript;

/** Draws a widget and gives the page its commands; `waiting` are those that came first. */
const begin = quietly((waiting: Command[] = []) => {
  if (!(script instanceof HTMLScriptElement)) return;
  const { key } = script.dataset;
  if (!key) throw new Error('data-key is missing.');
  const { origin } = new URL(script.src);
  const { draw, show, command } = createWidget({ ...script.dataset, key, origin, begin });
  Object.assign(window, {
    Foyer: COMMANDS
      ? // `Foyer('open')` and `Foyer.open()`: a name that is no command is told so when it is read.
        new Proxy(command, { get: (_, name) => command.bind(null, name) })
      : { open: () => show(true), close: () => show(false), toggle: () => show() },
  });
  if (document.body) draw();
  else document.addEventListener('DOMContentLoaded', draw);
  if (COMMANDS) for (const words of waiting) command(...words);
});

// What the page has: this script's own, when it is included twice; a queue that waits; nothing.
const { Foyer }: { Foyer?: { open?: unknown; q?: Command[] } } = window;
if (!Foyer?.open) begin(Foyer?.q);
