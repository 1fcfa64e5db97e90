import { createRoot, createSignal } from 'solid-js';
import { insert } from 'solid-js/web';
import { guardComposition } from '../../protocol/client/input/keys.ts';
import { connectPage } from '../bridge/frame.ts';
import type { PageInfo, ToFrame } from '../bridge/messages.ts';
import './tokens.css';
import './base.css';
import { App } from './app.tsx';
import { createModel, type Model } from './state/model.ts';
import { createSession } from './state/session.ts';
import { speak } from './strings/index.ts';

/** The chat inside the frame. It starts when the embedding page has handed over its port. */

guardComposition(window);

const query = new URLSearchParams(location.search);
const origin = query.get('origin');
const texts = speak();
const root = document.getElementById('app');
const [model, setModel] = createSignal<Model>();
/** The visitor's page, from the first message. */
let page: PageInfo;

const receive = (message: ToFrame) => {
  page = message.page;
  if (message.type === 'shown') {
    model()?.setShown(message.open);
    return;
  }
  if (model()) return;
  const session = createSession({
    ...message,
    key: query.get('key') ?? '',
    locale: query.get('locale') ?? navigator.language,
    origin,
    page: () => page,
    keepVisitorToken: (visitorToken) => tell({ type: 'token', visitorToken }),
  });
  const newModel = createRoot(() =>
    createModel({
      session,
      texts,
      tell,
      page: () => page,
      accent: message.accent,
      returning: message.visitorToken !== null,
    }),
  );
  void setModel(newModel)
    .open()
    .then(() => tell({ type: 'begun' }));
};

const tell = connectPage(origin, receive, async (port) => {
  const commands = await import('./page/lazy/commands.ts');
  commands.default(port, model, (moved) => {
    page = moved;
  });
});

texts.then(
  () => root && createRoot(() => insert(root, <App model={model()} />)),
  // Without texts nothing can be shown. The page hands a port to each new document.
  () => setTimeout(() => location.reload(), 3_000),
);
