import { createSignal, For, Show } from 'solid-js';
import { MAX_BULK } from '../../../../protocol/limits.ts';
import { describeError } from '../../../api/http.ts';
import { Button, IconButton } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Menu } from '../../../components/menu/Menu.tsx';
import { showToast } from '../../../lib/toasts.ts';
import { type ConversationChange, changeMany, type Outcome } from '../../conversation/api.ts';
import { peopleOf } from '../../conversation/properties/assignees.ts';
import { LabelMenu } from '../../conversation/properties/LabelMenu.tsx';
import { asPriority, PRIORITIES } from '../../conversation/properties/priorities.ts';
import { SnoozeMenu } from '../../conversation/properties/SnoozeMenu.tsx';
import { useInbox } from '../context.ts';
import { customerName } from '../names.ts';
import styles from './BulkBar.module.css';
import type { BulkAction } from './selection.ts';

/** How many failures are named. The others are counted. */
const MAX_NAMED = 3;

/** The actions for all selected conversations. Failed ones stay selected, with the reason. */
export default function BulkBar() {
  const { inbox, directory, selection } = useInbox();
  const [busy, setBusy] = createSignal(false);
  const [failed, setFailed] = createSignal<Extract<Outcome, { ok: false }>[]>([]);

  const rows = () => selection.selected().flatMap((id) => inbox.conversations[id] ?? []);
  /** The labels that all selected conversations have. */
  const labels = () =>
    directory
      .labels()
      .map(({ id }) => id)
      .filter((id) => rows().every((row) => row.label_ids.includes(id)));
  const menuProps = (action: BulkAction) => ({
    open: selection.requested() === action,
    onOpenChange: (open: boolean) => void selection.setRequested(open ? action : null),
  });

  async function act(change: ConversationChange, done: string): Promise<void> {
    const ids = selection.selected();
    setBusy(true);
    setFailed([]);
    try {
      const outcomes: Outcome[] = [];
      for (let from = 0; from < ids.length; from += MAX_BULK) {
        outcomes.push(...(await changeMany(ids.slice(from, from + MAX_BULK), change)));
      }
      for (const outcome of outcomes) if (outcome.ok) inbox.update(outcome.conversation);
      const refused = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome));
      setFailed(refused);
      const number = outcomes.length - refused.length;
      if (number > 0) {
        const what = number === 1 ? '1 conversation' : `${number} conversations`;
        showToast({ tone: 'plain', text: `${what} ${done}.` });
      }
    } catch (error) {
      showToast({ tone: 'bad', text: describeError(error) });
    } finally {
      setBusy(false);
    }
  }

  const close = () => void act({ status: 'closed', closedReason: 'resolved' }, 'closed');
  // Closing by key needs no menu.
  const closeWhenAsked = () => {
    if (selection.requested() !== 'close') return null;
    selection.setRequested(null);
    close();
    return null;
  };

  return (
    <section class={styles.bar} aria-label="Selected conversations">
      {closeWhenAsked()}
      <div class={styles.top}>
        <span class={styles.number} role="status">
          {selection.selected().length} selected
        </span>
        <IconButton icon="close" label="Clear selection (Esc)" onClick={selection.clear} />
      </div>
      <div class={styles.actions} aria-busy={busy()}>
        <Menu
          label="Assign selected"
          value={null}
          choices={peopleOf(directory.members(), inbox.me, inbox.presence())}
          onChoose={(id) => void act({ assigneeId: id || null }, id ? 'assigned' : 'unassigned')}
          disabled={busy()}
          {...menuProps('assign')}
        >
          <Icon name="person" />
          Assign
        </Menu>
        <LabelMenu
          label="Label selected"
          on={labels()}
          onToggle={(id, on) =>
            void act(on ? { addLabels: [id] } : { removeLabels: [id] }, on ? 'labelled' : 'changed')
          }
          {...menuProps('label')}
        >
          <Icon name="tag" />
          Label
        </LabelMenu>
        <SnoozeMenu
          label="Snooze selected"
          onSnooze={(snoozedUntil) => void act({ status: 'snoozed', snoozedUntil }, 'snoozed')}
          disabled={busy()}
          {...menuProps('snooze')}
        >
          <Icon name="clock" />
          Snooze
        </SnoozeMenu>
        <Menu
          label="Move selected"
          value={null}
          choices={directory
            .departments()
            .filter((department) => department.archived_at === null)
            .map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(departmentId) => void act({ departmentId }, 'moved')}
          disabled={busy()}
        >
          <Icon name="folder" />
          Move
        </Menu>
        <Menu
          label="Set priority of selected"
          value={null}
          choices={PRIORITIES}
          onChoose={(value) => void act({ priority: asPriority(value) }, 'changed')}
          disabled={busy()}
        >
          <Icon name="flag" />
          Priority
        </Menu>
        <Button look="quiet" icon="check" disabled={busy()} onClick={close}>
          Close
        </Button>
      </div>
      <div role="alert">
        <Show when={failed().length > 0}>
          <ul class={styles.failures}>
            <For each={failed().slice(0, MAX_NAMED)}>
              {({ id, error }) => (
                <li>
                  {customerName(inbox.conversations[id]?.customer ?? { full_name: null })}:{' '}
                  {error.message}
                </li>
              )}
            </For>
            <Show when={failed().length > MAX_NAMED}>
              <li>and {failed().length - MAX_NAMED} more couldn’t be changed.</li>
            </Show>
          </ul>
        </Show>
      </div>
    </section>
  );
}
