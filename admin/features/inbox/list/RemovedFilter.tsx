import { useNavigate } from '@solidjs/router';
import { Show } from 'solid-js';
import { describeError } from '../../../api/http.ts';
import { Button } from '../../../components/Button.tsx';
import { showToast } from '../../../lib/toasts.ts';
import { t } from '../../../texts/empty.ts';
import { useSession } from '../../session/session.ts';
import { removeView } from '../../views/api.ts';
import { useInbox } from '../context.ts';
import { pathOf, queueFilter } from '../queues/queues.ts';
import styles from './ListHeader.module.css';

type What = keyof typeof t.removed.list;

/** Says that the list filters by something that was removed, and offers what to do. */
export default function RemovedFilter(props: { what: What; onClear(): void }) {
  const { inbox, directory, view } = useInbox();
  const { me } = useSession();
  const navigate = useNavigate();
  /** The view, if this agent can delete it. Shared views belong to owners and admins. */
  const removableView = () => (view()?.shared && me.role === 'agent' ? null : view());

  async function remove(id: string): Promise<void> {
    try {
      await removeView(id);
      directory.lists.views.remove(id);
      navigate(pathOf(queueFilter(inbox.filter().queue)));
    } catch (failure) {
      showToast({ tone: 'bad', text: describeError(failure) });
    }
  }

  return (
    <div class={styles.removed} role="status">
      <p>{(view() ? t.removed.view : t.removed.list)[props.what]}</p>
      <Show when={props.what !== 'colleague' && props.what}>
        {(what) => <Button onClick={() => props.onClear()}>{t.removed.without[what()]}</Button>}
      </Show>
      <Show when={removableView()}>
        {(removable) => (
          <Button onClick={() => void remove(removable().id)}>{t.removed.deleteView}</Button>
        )}
      </Show>
    </div>
  );
}
