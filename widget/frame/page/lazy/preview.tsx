import { createEffect, createRoot, onCleanup } from 'solid-js';
import { insert } from 'solid-js/web';
import { isContent } from '../../../../protocol/client/message/content.ts';
import type { Message } from '../../../../protocol/conversation/message.ts';
import { plainTextOf } from '../../messages/lazy/event-text.tsx';
import type { Model } from '../../state/model.ts';
import { loadLazyTexts } from '../../strings/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { r } from '../../ui/lazy/texts.ts';
import ui from '../../ui/ui.module.css';
import css from './preview.module.css';
import { ring } from './sound.ts';

/** Ends the current preview. */
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

/** Shows a message beside the launcher, until the panel opens or the visitor dismisses it. */
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

/** Rings for the newest message to the visitor and shows it, unless the visitor has it in view. */
export default async function showPreview(model: Model): Promise<void> {
  const message = model
    .chat()
    ?.state()
    .messages.findLast((candidate) => candidate.sender.kind !== 'visitor' && isContent(candidate));
  if (!message || (model.shown() && !document.hidden)) return;
  void ring(message.id);
  await loadLazyTexts();
  const words = await plainTextOf(message);
  if (!model.shown()) peek(model, message, words);
}
