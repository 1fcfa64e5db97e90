import { useNavigate } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { IconButton } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Menu } from '../../../components/menu/Menu.tsx';
import { useInbox } from '../../inbox/context.ts';
import { marks } from '../../inbox/marked-unread.ts';
import { customerName } from '../../inbox/names.ts';
import type { Actions } from '../actions.ts';
import { PropertyMenu } from '../properties/PropertyMenu.tsx';
import { createProperties } from '../properties/properties.ts';
import type { PropertyId } from '../properties/property.ts';
import { ActionSheet } from './ActionSheet.tsx';
import styles from './ConversationHeader.module.css';
import type { Action, PartId } from './parts.ts';

/**
 * ⋯ at the end of the row: what has no room in it, and what is rarer. A menu, or a sheet with
 * everything on phones.
 */
export default function MoreActions(props: {
  head: ConversationSummary;
  actions: Actions;
  phone: boolean;
  /** Whether a part of the row has room. */
  fits(part: PartId): boolean;
  /** Opens a menu of the row. */
  onOpen(menu: 'assign' | 'snooze'): void;
  onCustomer(): void;
}) {
  const { path } = useInbox();
  const navigate = useNavigate();
  const properties = createProperties(() => props.head, props.actions);
  /** The menu that opens under ⋯, since the row has no button for it. */
  const [opened, setOpened] = createSignal<PropertyId | null>(null);
  const [sheet, setSheet] = createSignal(false);
  let place: HTMLSpanElement | undefined;

  const shown = () => ({ ...props.head, ...props.actions.expected() });
  const closed = () => shown().status === 'closed';
  const snoozed = () => shown().status === 'snoozed';

  /** Marks it as unread and closes it, since an open conversation counts as read. */
  function markUnread(): void {
    marks.add(props.head.id);
    navigate(path());
  }

  const choice = (value: string, label: string, run: () => void, when = true): Action[] =>
    when ? [{ value, label, run }] : [];
  const further = (): Action[] => {
    const { actions, fits } = props;
    const open = !closed();
    const unassigned = shown().assignee === null;
    return [
      ...choice('claim', 'Assign to me', actions.claim, open && unassigned && !fits('claim')),
      ...choice('assignee', 'Assign…', () => props.onOpen('assign'), open && !fits('assign')),
      ...choice(
        'snooze',
        'Snooze…',
        () => props.onOpen('snooze'),
        open && (snoozed() || !fits('snooze')),
      ),
      ...choice('wake', 'Unsnooze', actions.wake, snoozed() && !fits('snooze')),
      ...choice('department', 'Department…', () => setOpened('department'), open),
      ...choice('priority', 'Priority…', () => setOpened('priority'), open),
      ...choice('labels', 'Labels…', () => setOpened('labels')),
      ...choice('unread', 'Mark as unread', markUnread),
      ...choice('close', 'Close', () => actions.close('resolved'), open && !fits('close')),
      ...choice('spam', 'Close as spam', () => actions.close('spam'), open),
      ...choice('reopen', 'Reopen', actions.reopen, closed() && !fits('close')),
    ];
  };

  return (
    <>
      <span ref={place}>
        <Show
          when={props.phone}
          fallback={
            <Menu
              look="icon"
              label="More"
              value={null}
              choices={further()}
              onChoose={(value) =>
                further()
                  .find((action) => action.value === value)
                  ?.run()
              }
            >
              <Icon name="more" />
            </Menu>
          }
        >
          <IconButton
            icon="more"
            label="More"
            aria-haspopup="dialog"
            onClick={() => setSheet(true)}
          />
        </Show>
      </span>
      <Show when={opened()} keyed>
        {(id) => (
          <span class={styles.out}>
            <PropertyMenu
              of={properties[id]()}
              look="icon"
              open
              onOpenChange={(isOpen) => {
                if (isOpen) return;
                setOpened(null);
                // Its own button is hidden.
                if (document.activeElement === document.body) {
                  place?.querySelector('button')?.focus();
                }
              }}
            >
              <Icon name="more" />
            </PropertyMenu>
          </span>
        )}
      </Show>
      <Show when={sheet()}>
        <ActionSheet
          title={customerName(props.head.customer)}
          properties={properties}
          actions={further()}
          onCustomer={() => props.onCustomer()}
          onClose={() => setSheet(false)}
        />
      </Show>
    </>
  );
}
