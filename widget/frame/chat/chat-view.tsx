import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import type { Brought } from '../../../protocol/client/input/transfer.ts';
import type { LiveConversation } from '../state/conversation.ts';
import type { Model } from '../state/model.ts';
import { t } from '../strings/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Header } from '../ui/header.tsx';
import { Icon } from '../ui/icon.tsx';
import { later } from '../ui/later.tsx';
import ui from '../ui/ui.module.css';
import { Composer } from './composer.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { MessageList } from './message-list.tsx';

const Menu = later(() => import('./lazy/menu.tsx'));
const Patience = later(() => import('./lazy/patience.tsx'), true, true);
const Uploads = later(() => import('../composer/lazy/uploads.tsx'));
const Ended = later(() => import('./lazy/ended.tsx'));

/** The open conversation. */
export function ChatView(props: { model: Model; live: LiveConversation }) {
  const { model, live } = props;
  const { client, state } = live;
  const [atEnd, setAtEnd] = createSignal(true);
  const [menuOpens, setMenuOpens] = createSignal(0);
  const [visible, setVisible] = createSignal(!document.hidden);
  const [added, setAdded] = createSignal<Brought>();
  const head = () => state().conversation;
  const agent = () => head()?.assignee?.name;
  const closed = () => head()?.status === 'closed';

  const change = () => setVisible(!document.hidden);
  document.addEventListener('visibilitychange', change);
  onCleanup(() => document.removeEventListener('visibilitychange', change));

  // Messages count as seen while the end of the list is visible to the visitor.
  createEffect(() => {
    if (model.shown() && visible() && atEnd() && live.unread() > 0) live.see();
  });

  return (
    <>
      <Header
        title={agent() ?? live.department.name}
        note={agent() ? live.department.name : head() && !closed() ? t.waiting : undefined}
        before={<Avatar name={agent() ?? live.department.name} />}
        back={() => model.go({ name: 'home' })}
        close={model.close}
      >
        <button
          type="button"
          class={ui.icon}
          aria-label={t.menu}
          aria-haspopup="true"
          onClick={() => setMenuOpens(menuOpens() + 1)}
        >
          <Icon name="more" />
        </button>
        <Show when={menuOpens()}>
          <Menu model={model} live={live} opens={menuOpens()} />
        </Show>
      </Header>
      <ConnectionBar live={live} />
      <MessageList
        messages={state().messages}
        outgoing={state().outgoing}
        typing={state().typing}
        agentRead={head()?.agent_read_seq ?? 0}
        loadEarlier={client.loadEarlier}
        intro={head() ? t.intro : undefined}
        retry={client.retry}
        discard={client.discard}
        onEnd={setAtEnd}
      />
      {/* Outside of the composer, so that a reopened conversation does not upload a file twice. */}
      <Show when={added()}>{(last) => <Uploads model={model} live={live} added={last()} />}</Show>
      <Show when={!closed()} fallback={<Ended model={model} live={live} attach={setAdded} />}>
        <Show when={state().messages[0]}>
          <Patience model={model} live={live} />
        </Show>
        <Composer id={live.id} send={client.send} typing={client.typing} attach={setAdded} />
      </Show>
    </>
  );
}
