import { createWidget } from './widget.ts';

/**
 * The script on the customer's page (`<script async src="…/widget.js" data-key="wk_…">`). It draws
 * the launcher and does nothing else until somebody acts (P1). No error of it reaches the page,
 * and `Foyer` is all that it adds to it.
 */

declare global {
  interface Window {
    Foyer?: { open(): void; close(): void; toggle(): void };
  }
}

const script = document.currentScript;

/** An error of ours is ours: it is told on the console and stays there. */
function quietly<Args extends unknown[]>(work: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      work(...args);
    } catch (error) {
      console.warn('Foyer:', error);
    }
  };
}

quietly(() => {
  // Included twice, the first one stays.
  if (!(script instanceof HTMLScriptElement) || window.Foyer) return;
  const { key, accent, position, locale, text } = script.dataset;
  if (!key) throw new Error('The script needs data-key.');
  const widget = createWidget({
    key,
    accent,
    position,
    locale,
    text,
    origin: new URL(script.src).origin,
    quietly,
  });
  window.Foyer = {
    open: () => widget.show(true),
    close: () => widget.show(false),
    toggle: () => widget.show(),
  };
  if (document.body) widget.draw();
  else document.addEventListener('DOMContentLoaded', widget.draw);
})();
