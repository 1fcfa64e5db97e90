import { useNavigate } from '@solidjs/router';
import { unwrap } from 'solid-js/store';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { tellUnloaded } from '../../../lib/new-version.ts';
import { dismissToast, toasts } from '../../../lib/toasts.ts';
import { t } from '../../../texts/common.ts';
import type { Level } from '../../palette/level.ts';
import { openPalette } from '../../palette/open.ts';
import { useShortcuts } from '../../shortcuts/shortcuts.ts';
import type { InboxContextValue } from '../context.ts';
import type { LevelId } from './levels.ts';
import type { Triage } from './triage.ts';

/** The keys and commands for conversations, on whichever of them they act; see `targetsOf`. */
export function useTriageKeys(
  context: Pick<InboxContextValue, 'inbox' | 'directory' | 'selection' | 'flow'>,
): void {
  const { inbox, flow } = context;
  const navigate = useNavigate();
  const me = inbox.me.user.id;

  async function actionsFor(targets: readonly string[]): Promise<Triage> {
    const ofPane = flow.actionsOfPane(targets);
    if (ofPane) return ofPane;
    const { rowActions } = await import('../bulk/bulk-actions.ts');
    return rowActions(context, targets);
  }

  /** Whether a key acts on a conversation that the action is for. */
  const fits = (is: (row: ConversationSummary) => boolean) => (): boolean =>
    flow.targets().some((id) => {
      const row = unwrap(inbox.conversations)[id];
      return row !== undefined && is(row);
    });
  const notClosed = ({ status }: ConversationSummary) => status !== 'closed';

  const action = (
    run: (actions: Triage) => void,
    is: (row: ConversationSummary) => boolean = notClosed,
  ) => ({
    run: () => void actionsFor(flow.targets()).then(run, () => tellUnloaded(t.actionNotLoaded)),
    when: fits(is),
  });

  function choice(id: LevelId, is = notClosed) {
    async function level(): Promise<Level> {
      const targets = flow.targets();
      const [{ levelOf }, actions] = await Promise.all([
        import('./levels.ts'),
        actionsFor(targets),
      ]);
      return levelOf(id, { ...context, targets, actions });
    }
    return { run: () => openPalette(level), level, when: fits(is) };
  }

  const undoable = () => toasts().findLast(({ action }) => action?.undoes);

  useShortcuts({
    assign: choice('assign'),
    department: choice('department'),
    priority: choice('priority'),
    label: choice('label', () => true),
    snooze: choice('snooze'),
    claim: action(
      (actions) => actions.claim(),
      (row) => notClosed(row) && row.assignee?.id !== me,
    ),
    release: action(
      (actions) => actions.assign(null),
      (row) => notClosed(row) && row.assignee !== null,
    ),
    close: action((actions) => actions.close('resolved')),
    spam: action((actions) => actions.close('spam')),
    reopen: action(
      (actions) => actions.reopen(),
      (row) => !notClosed(row),
    ),
    undo: {
      run(): void {
        const toast = undoable();
        if (!toast) return;
        dismissToast(toast.id);
        toast.action?.run();
      },
      when: () => undoable() !== undefined,
    },
    goUnassigned: () => navigate('/inbox/unassigned'),
    goMine: () => navigate('/inbox/mine'),
    goAll: () => navigate('/inbox/all'),
    goSnoozed: () => navigate('/inbox/snoozed'),
    goClosed: () => navigate('/inbox/closed'),
  });
}
