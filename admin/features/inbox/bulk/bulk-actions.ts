import { batch } from 'solid-js';
import { unwrap } from 'solid-js/store';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { MAX_BULK } from '../../../../protocol/limits.ts';
import { describeError } from '../../../api/http.ts';
import { showToast } from '../../../lib/toasts.ts';
import { t } from '../../../texts/commands.ts';
import { t as triage } from '../../../texts/triage.ts';
import { type ConversationChange, changeMany, type Outcome } from '../../conversation/api.ts';
import type { InboxContextValue } from '../context.ts';
import { isDoneAfter } from '../flow/leaves.ts';
import type { Triage } from '../flow/triage.ts';
import { undoOf } from '../flow/undo.ts';
import type { Refused } from './selection.ts';

/** What the actions on rows of the list need of the inbox. */
export type RowDeps = Pick<InboxContextValue, 'inbox' | 'selection' | 'flow'>;

/**
 * The actions for rows of the list. What is refused is named in the bar of the selection if the
 * rows are selected, else in a toast.
 */
export function rowActions({ inbox, selection, flow }: RowDeps, ids: readonly string[]): Triage {
  const me = inbox.me.user;

  async function changeAll(some: readonly string[], change: ConversationChange) {
    const outcomes: Outcome[] = [];
    for (let from = 0; from < some.length; from += MAX_BULK) {
      outcomes.push(...(await changeMany(some.slice(from, from + MAX_BULK), change)));
    }
    batch(() => {
      for (const outcome of outcomes) if (outcome.ok) inbox.update(outcome.conversation);
    });
    const refused = outcomes.flatMap((outcome): Refused[] => (outcome.ok ? [] : [outcome]));
    return { refused, changed: outcomes.flatMap((outcome) => (outcome.ok ? outcome.id : [])) };
  }

  /** Undoes a change of these conversations. Those that need the same steps get them together. */
  async function undo(before: readonly ConversationSummary[], change: ConversationChange) {
    const groups = new Map<string, { ids: string[]; steps: ConversationChange[] }>();
    for (const row of before) {
      const steps = undoOf(row, change);
      const group = groups.get(JSON.stringify(steps)) ?? { ids: [], steps };
      group.ids.push(row.id);
      groups.set(JSON.stringify(steps), group);
    }
    for (const { ids: all, steps } of groups.values()) {
      let left = all;
      for (const step of steps) {
        const { refused, changed } = await changeAll(left, step);
        if (refused[0]) sayRefused(refused[0].error.message);
        left = changed;
      }
    }
  }

  async function act(change: ConversationChange, done: keyof typeof t.bulk): Promise<void> {
    const rows = ids.flatMap((id) => {
      const row = unwrap(inbox.conversations)[id];
      return row ? structuredClone(row) : [];
    });
    const leaving = rows
      .filter((row) => isDoneAfter(row, change, inbox.filter(), me.id))
      .map(({ id }) => id);
    const back = leaving.length > 0 ? flow.leave(leaving) : null;
    selection.setBusy(true);
    selection.setRefused([]);
    try {
      const { refused, changed } = await changeAll(ids, change);
      if (refused.some(({ id }) => selection.has(id))) selection.setRefused(refused);
      else if (refused[0]) sayRefused(refused[0].error.message);
      if (changed.length === 0) return;
      const before = rows.filter(({ id }) => changed.includes(id));
      showToast({
        tone: 'plain',
        text: t.bulk[done](t.selectedCount(changed.length)),
        ...(back && {
          action: {
            label: triage.undo,
            undoes: true,
            run: () => void undo(before, change).then(back, tellError),
          },
        }),
      });
    } catch (error) {
      tellError(error);
    } finally {
      selection.setBusy(false);
    }
  }

  return {
    close: (closedReason) => void act({ status: 'closed', closedReason }, 'closed'),
    reopen: () => void act({ status: 'active' }, 'reopened'),
    snooze: (snoozedUntil) => void act({ status: 'snoozed', snoozedUntil }, 'snoozed'),
    claim: () => void act({ assigneeId: me.id }, 'assigned'),
    assign: (assignee) =>
      void act({ assigneeId: assignee?.id ?? null }, assignee ? 'assigned' : 'unassigned'),
    move: (departmentId) => void act({ departmentId }, 'moved'),
    setPriority: (priority) => void act({ priority }, 'changed'),
    label: (id, on) =>
      void act(on ? { addLabels: [id] } : { removeLabels: [id] }, on ? 'labelled' : 'changed'),
  };
}

function sayRefused(text: string): void {
  showToast({ tone: 'bad', text });
}

function tellError(error: unknown): void {
  sayRefused(describeError(error));
}
