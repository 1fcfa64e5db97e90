import type { PreviewMessage } from '../../protocol/widget/preview.ts';
import css from '../loader/loader.css?inline';

/** The launcher as the loader draws it on a website, with its own style sheet. It opens nothing here. */
export function createLauncher(): (message: PreviewMessage) => void {
  const host = document.createElement('foyer-widget');
  const root = host.attachShadow({ mode: 'closed' });
  const button = document.createElement('button');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  button.tabIndex = -1;
  button.ariaHidden = 'true';
  root.append(button);
  document.body.append(host);
  return ({ accent, position, launcherText, phone }) => {
    // The host is `display: block !important`, so that a page cannot hide it by accident.
    if (phone) host.remove();
    else document.body.append(host);
    host.dir = position === null ? '' : position === 'left' ? 'rtl' : 'ltr';
    button.toggleAttribute('text', launcherText !== null);
    if (launcherText !== null) button.setAttribute('text', launcherText);
    if (accent) host.style.setProperty('--foyer-accent', accent);
    else host.style.removeProperty('--foyer-accent');
  };
}
