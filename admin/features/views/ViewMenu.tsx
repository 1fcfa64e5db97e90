import { createSignal, Show } from 'solid-js';
import { describeError } from '../../api/http.ts';
import { Icon } from '../../components/Icon.tsx';
import { Menu } from '../../components/menu/Menu.tsx';
import { lazily } from '../../lib/lazily.tsx';
import { showToast } from '../../lib/toasts.ts';
import { useInbox } from '../inbox/context.ts';

const SavedViewMenu = lazily(() => import('./SavedViewMenu.tsx'));
const ViewNameDialog = lazily(() => import('./ViewNameDialog.tsx'));

/** Saves the list's filter as a view. The menu of a saved view loads when one is open. */
export default function ViewMenu() {
  const { view } = useInbox();
  const [naming, setNaming] = createSignal<'new' | 'rename' | null>(null);

  async function act(run: () => Promise<unknown>): Promise<boolean> {
    try {
      await run();
      return true;
    } catch (failure) {
      showToast({ tone: 'bad', text: describeError(failure) });
      return false;
    }
  }

  return (
    <>
      <Show
        when={view()}
        fallback={
          <Menu
            look="icon"
            label="Save as a view"
            value={null}
            choices={[{ value: 'new', label: 'Save as a view…' }]}
            onChoose={() => setNaming('new')}
          >
            <Icon name="bookmark" />
          </Menu>
        }
      >
        <SavedViewMenu onName={setNaming} act={act} />
      </Show>
      <Show when={naming()} keyed>
        {(what) => <ViewNameDialog what={what} act={act} onClose={() => setNaming(null)} />}
      </Show>
    </>
  );
}
