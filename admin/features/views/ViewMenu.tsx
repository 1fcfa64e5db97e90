import { useNavigate } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { describeError } from '../../api/http.ts';
import { Icon } from '../../components/Icon.tsx';
import { Menu } from '../../components/menu/Menu.tsx';
import { lazily } from '../../lib/lazily.tsx';
import { showToast } from '../../lib/toasts.ts';
import { useInbox } from '../inbox/context.ts';
import { fromSavedQuery, pathOf, queueFilter, toSavedQuery } from '../inbox/queues/queues.ts';
import { useSession } from '../session/session.ts';
import { changeView, removeView } from './api.ts';

const ViewNameDialog = lazily(() => import('./ViewNameDialog.tsx'));

/** Keeps what the list shows under a name, and changes what is kept. */
export function ViewMenu() {
  const { inbox, directory, view } = useInbox();
  const { me } = useSession();
  const navigate = useNavigate();
  const [naming, setNaming] = createSignal<'new' | 'rename' | null>(null);

  const query = () => toSavedQuery(inbox.filter());
  const changed = () => {
    const saved = view()?.query;
    return saved && JSON.stringify(toSavedQuery(fromSavedQuery(saved))) !== JSON.stringify(query());
  };
  const choices = () => {
    const saveAs = { value: 'new', label: 'Save as a view…' };
    const current = view();
    if (!current) return [saveAs];
    const keep = { value: 'keep', label: 'Keep to myself', hint: 'The team has it no more' };
    // The team's views are changed by those who manage the team; who shared one may take it back.
    if (current.shared && me.role === 'agent') {
      return current.shared_by === me.user.id ? [saveAs, keep] : [saveAs];
    }
    return [
      ...(changed() ? [{ value: 'update', label: `Update “${current.name}”` }, saveAs] : []),
      { value: 'rename', label: 'Rename…' },
      current.shared ? keep : { value: 'share', label: 'Share with the team' },
      { value: 'remove', label: 'Delete this view' },
    ];
  };

  async function act(run: () => Promise<unknown>): Promise<boolean> {
    try {
      await run();
      await directory.loaded.views.load();
      return true;
    } catch (failure) {
      showToast({ tone: 'bad', text: describeError(failure) });
      return false;
    }
  }

  function choose(value: string): void {
    const current = view();
    if (value === 'new' || value === 'rename') setNaming(value);
    else if (!current) return;
    else if (value === 'update') void act(() => changeView(current.id, { query: query() }));
    else if (value === 'remove') {
      void act(() => removeView(current.id)).then((done) => {
        if (done) navigate(pathOf(queueFilter(inbox.filter().queue)));
      });
    } else void act(() => changeView(current.id, { shared: value === 'share' }));
  }

  return (
    <>
      <Menu
        look="icon"
        label={view() ? 'This view' : 'Save as a view'}
        value={null}
        choices={choices()}
        onChoose={choose}
      >
        <Icon name="bookmark" />
      </Menu>
      <Show when={naming()} keyed>
        {(what) => <ViewNameDialog what={what} act={act} onClose={() => setNaming(null)} />}
      </Show>
    </>
  );
}
