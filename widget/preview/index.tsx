import { createRoot, createSignal } from 'solid-js';
import { insert } from 'solid-js/web';
import { guardComposition } from '../../protocol/client/input/keys.ts';
import { PREVIEW_READY, type PreviewMessage } from '../../protocol/widget/preview.ts';
import '../frame/tokens.css';
import '../frame/base.css';
import { App } from '../frame/app.tsx';
import type { Model } from '../frame/state/model.ts';
import { speak } from '../frame/strings/index.ts';
import { createLauncher } from './launcher.ts';
import { isPreview } from './messages.ts';
import { createPreview } from './model.ts';
import './preview.css';

/**
 * The widget's preview: the frame's own views in a page that only the dashboard may embed. Its content
 * security policy lets no request out, so it creates nothing on the server (P1). What is typed here
 * must not become a draft of the real chat, which has the same origin: the storage counts as denied.
 */

Object.defineProperty(window, 'localStorage', {
  get() {
    throw new DOMException('The preview stores nothing.', 'SecurityError');
  },
});
guardComposition(window);

const { documentElement } = document;
const scheme = document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]');
const [model, setModel] = createSignal<Model>();

function look({ phone, theme, position, accent }: PreviewMessage): void {
  documentElement.dataset.stage = phone ? 'phone' : 'page';
  if (scheme) scheme.content = theme === 'auto' ? 'light dark' : theme;
  if (accent) documentElement.style.setProperty('--accent', accent);
  else documentElement.style.removeProperty('--accent');
  const app = document.getElementById('app');
  // The panel's side; its content keeps its own direction.
  if (app) app.dataset.side = position ?? '';
}

const texts = speak();
texts.then(() => {
  const root = document.getElementById('app');
  if (!root) return;
  const launcher = createLauncher();
  const preview = createRoot(() => createPreview(texts));
  createRoot(() => insert(root, <App model={model()} />));
  addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== parent || origin !== location.origin || !isPreview(data)) return;
    look(data);
    launcher(data);
    preview.show(data);
    setModel(preview.model);
  });
  if (parent !== window) parent.postMessage(PREVIEW_READY, location.origin);
});
