import type { Sender } from '../../../protocol/message.ts';
import chat from '../chat/chat.module.css';
import ui from '../ui/ui.module.css';
import { fill, r } from './strings.ts';
import css from './typing.module.css';

/** Somebody writes. */
export default function Typing(props: { sender: Sender }) {
  return (
    <li class={chat.first}>
      <p class={`${chat.bubble} ${css.dots}`}>
        <span class={ui.hidden}>{fill(r.typing, { name: props.sender.name ?? r.agent })}</span>
        <i />
        <i />
        <i />
      </p>
    </li>
  );
}
