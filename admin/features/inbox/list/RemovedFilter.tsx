import { useNavigate } from '@solidjs/router';
import { Show } from 'solid-js';
import { describeError } from '../../../api/http.ts';
import { Button } from '../../../components/Button.tsx';
import { showToast } from '../../../lib/toasts.ts';
import { useSession } from '../../session/session.ts';
import { removeView } from '../../views/api.ts';
import { useInbox } from '../context.ts';
import { pathOf, queueFilter } from '../queues/queues.ts';
import styles from './ListHeader.module.css';

const WHAT = {
  label: 'label was removed.',
  department: 'department was removed.',
  colleague: 'colleague left the team.',
};

/** Says that the list filters by something that was removed, and offers what to do. */
export default function RemovedFilter(props: { what: keyof typeof WHAT; onClear(): void }) {
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
      <p>
        {view() ? 'This view no longer works. Its ' : 'This '}
        {WHAT[props.what]}
      </p>
      <Show when={props.what !== 'colleague'}>
        <Button onClick={() => props.onClear()}>Show without the {props.what}</Button>
      </Show>
      <Show when={removableView()}>
        {(removable) => (
          <Button onClick={() => void remove(removable().id)}>Delete this view</Button>
        )}
      </Show>
    </div>
  );
}
