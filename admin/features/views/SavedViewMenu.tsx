import { useNavigate } from '@solidjs/router';
import { Icon } from '../../components/Icon.tsx';
import { Menu } from '../../components/menu/Menu.tsx';
import { useInbox } from '../inbox/context.ts';
import { fromSavedQuery, pathOf, queueFilter, toSavedQuery } from '../inbox/queues/queues.ts';
import { useSession } from '../session/session.ts';
import { changeView, removeView } from './api.ts';

/** Changes the view that the list shows, or keeps the list under another name. */
export default function SavedViewMenu(props: {
  onName(what: 'new' | 'rename'): void;
  act(run: () => Promise<unknown>): Promise<boolean>;
}) {
  const { inbox, directory, view } = useInbox();
  const { views } = directory.lists;
  const { me } = useSession();
  const navigate = useNavigate();

  const query = () => toSavedQuery(inbox.filter());
  const changed = () => {
    const saved = view()?.query;
    return saved && JSON.stringify(toSavedQuery(fromSavedQuery(saved))) !== JSON.stringify(query());
  };
  const choices = () => {
    const saveAs = { value: 'new', label: 'Save as a view…' };
    const current = view();
    if (!current) return [saveAs];
    const keep = { value: 'keep', label: 'Make private', hint: 'Only you will see it' };
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

  async function change(...request: Parameters<typeof changeView>): Promise<void> {
    const changed = await changeView(...request);
    views.put(changed.view, changed.version);
  }

  async function remove(id: string): Promise<void> {
    await removeView(id);
    views.remove(id);
  }

  function choose(value: string): void {
    const current = view();
    if (value === 'new' || value === 'rename') props.onName(value);
    else if (!current) return;
    else if (value === 'update') void props.act(() => change(current.id, { query: query() }));
    else if (value === 'remove') {
      void props
        .act(() => remove(current.id))
        .then((done) => {
          if (done) navigate(pathOf(queueFilter(inbox.filter().queue)));
        });
    } else void props.act(() => change(current.id, { shared: value === 'share' }));
  }

  return (
    <Menu look="icon" label="This view" value={null} choices={choices()} onChoose={choose}>
      <Icon name="bookmark" />
    </Menu>
  );
}
