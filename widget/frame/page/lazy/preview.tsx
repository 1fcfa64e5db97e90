import { createEffect, createRoot, onCleanup } from 'solid-js';
import { insert } from 'solid-js/web';
import { isContent } from '../../../../protocol/client/content.ts';
import type { Message } from '../../../../protocol/conversation/message.ts';
import { plainWords } from '../../messages/lazy/event-text.tsx';
import type { Model } from '../../state/model.ts';
import { loadLazyTexts } from '../../strings/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { r } from '../../ui/lazy/texts.ts';
import ui from '../../ui/ui.module.css';
import css from './preview.module.css';
import { ring } from './sound.ts';

/** What ends the preview that shows now. */
let end = () => {};

function Peek(props: { message: Message; words: string; open(): void; dismiss(): void }) {
  return (
    <div class={css.peek} role="status">
      <button type="button" onClick={() => props.open()} dir="auto">
        <b>{props.message.sender.name ?? r.agent}</b>
        <span>{props.words}</span>
      </button>
      <button type="button" class={ui.icon} aria-label={r.dismiss} onClick={() => props.dismiss()}>
        <Icon name="close" />
      </button>
    </div>
  );
}

/** A message beside the launcher, until the panel opens or the visitor puts it away. */
function peek(model: Model, message: Message, words: string): void {
  end();
  createRoot((dispose) => {
    const place = document.createElement('div');
    document.body.append(place);
    end = dispose;
    insert(
      place,
      <Peek
        message={message}
        words={words}
        open={() => model.tell({ type: 'open' })}
        dismiss={() => end()}
      />,
    );
    model.tell({ type: 'peek', on: true });
    onCleanup(() => {
      end = () => {};
      place.remove();
      model.tell({ type: 'peek', on: false });
    });
    createEffect(() => model.shown() && dispose());
  });
}

/** Tells of an agent's newest message that the visitor has not in front of them. */
export default async function told(model: Model): Promise<void> {
  const message = model
    .chat()
    ?.state()
    .messages.findLast((one) => one.sender.kind === 'agent' && isContent(one));
  if (!message || (model.shown() && !document.hidden)) return;
  void ring(message.id);
  await loadLazyTexts();
  const words = await plainWords(message);
  if (!model.shown()) peek(model, message, words);
}
