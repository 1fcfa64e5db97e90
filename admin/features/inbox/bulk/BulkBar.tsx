import { For, Show } from 'solid-js';
import { Icon } from '../../../components/Icon.tsx';
import { Menu } from '../../../components/menu/Menu.tsx';
import { t } from '../../../texts/commands.ts';
import { peopleOf } from '../../conversation/properties/assignees.ts';
import { LabelMenu } from '../../conversation/properties/LabelMenu.tsx';
import { asPriority, PRIORITIES } from '../../conversation/properties/priorities.ts';
import { SnoozeMenu } from '../../conversation/properties/SnoozeMenu.tsx';
import { useInbox } from '../context.ts';
import { customerName } from '../names.ts';
import styles from './BulkBar.module.css';
import { rowActions } from './bulk-actions.ts';

/** How many failures are named. The others are counted. */
const MAX_NAMED = 3;

/** The actions for all selected conversations. Failed ones stay selected, with the reason. */
export default function BulkBar() {
  const context = useInbox();
  const { inbox, directory, selection } = context;
  const { busy, refused } = selection;

  const rows = () => selection.selected().flatMap((id) => inbox.conversations[id] ?? []);
  /** The labels that all selected conversations have. */
  const labels = () =>
    directory
      .labels()
      .map(({ id }) => id)
      .filter((id) => rows().every((row) => row.label_ids.includes(id)));
  const actions = () => rowActions(context, selection.selected());

  function assign(id: string): void {
    const name = directory.members().find((member) => member.user_id === id)?.name;
    if (id === inbox.me.user.id) actions().claim();
    else actions().assign(name === undefined ? null : { id, name });
  }

  return (
    <section class={styles.bar} aria-label={t.bar.name}>
      <div role="alert">
        <Show when={refused().length > 0}>
          <ul class={styles.failures}>
            <For each={refused().slice(0, MAX_NAMED)}>
              {({ id, error }) => (
                <li>
                  {customerName(inbox.conversations[id]?.customer ?? { full_name: null })}:{' '}
                  {error.message}
                </li>
              )}
            </For>
            <Show when={refused().length > MAX_NAMED}>
              <li>{t.bar.more(refused().length - MAX_NAMED)}</li>
            </Show>
          </ul>
        </Show>
      </div>
      <div class={styles.actions} aria-busy={busy()}>
        <button type="button" class={styles.tile} title={t.bar.clearHint} onClick={selection.clear}>
          <span class={styles.number} role="status">
            {selection.selected().length}
            <span class="visually-hidden">{t.bar.selected}</span>
          </span>
          <span aria-hidden="true">{t.bar.clear}</span>
          <span class="visually-hidden">{t.bar.clearHint}</span>
        </button>
        <Menu
          look="tile"
          label={t.bar.assignSelected}
          value={null}
          choices={peopleOf(directory.members(), inbox.me, inbox.presence())}
          onChoose={assign}
          disabled={busy()}
        >
          <Icon name="person" />
          {t.bar.assign}
        </Menu>
        <LabelMenu
          look="tile"
          label={t.bar.labelSelected}
          on={labels()}
          onToggle={(id, on) => actions().label(id, on)}
        >
          <Icon name="tag" />
          {t.bar.label}
        </LabelMenu>
        <SnoozeMenu
          look="tile"
          label={t.bar.snoozeSelected}
          onSnooze={(until) => actions().snooze(until)}
          disabled={busy()}
        >
          <Icon name="clock" />
          {t.bar.snooze}
        </SnoozeMenu>
        <Menu
          look="tile"
          label={t.bar.moveSelected}
          value={null}
          choices={directory
            .departments()
            .filter((department) => department.archived_at === null)
            .map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(departmentId) => actions().move(departmentId)}
          disabled={busy()}
        >
          <Icon name="folder" />
          {t.bar.move}
        </Menu>
        <Menu
          look="tile"
          label={t.bar.prioritySelected}
          value={null}
          choices={PRIORITIES}
          onChoose={(value) => actions().setPriority(asPriority(value))}
          disabled={busy()}
        >
          <Icon name="flag" />
          {t.bar.priority}
        </Menu>
        <button
          type="button"
          class={styles.tile}
          disabled={busy()}
          onClick={() => actions().close('resolved')}
        >
          <Icon name="check" />
          {t.bar.close}
        </button>
      </div>
    </section>
  );
}
