import type { Sender } from '../../../../protocol/conversation/message.ts';
import chat from '../../chat/chat.module.css';
import { fill, t } from '../../strings/index.ts';
import ui from '../../ui/ui.module.css';
import css from './typing.module.css';

/** The dots of an agent who is typing. */
export default function Typing(props: { sender: Sender }) {
  return (
    <li class={chat.first}>
      <p class={`${chat.bubble} ${css.dots}`}>
        <span class={ui.hidden}>{fill(t.typing, { name: props.sender.name ?? t.agent })}</span>
        <i />
        <i />
        <i />
      </p>
    </li>
  );
}
