import { createSignal } from 'solid-js';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { Priority } from '../../../protocol/conversation/conversation-fields.ts';
import { describeError, RequestError } from '../../api/http.ts';
import { showToast } from '../../lib/toasts.ts';
import { useInbox } from '../inbox/context.ts';
import { useSession } from '../session/session.ts';
import {
  type ConversationChange,
  changeConversation,
  claimConversation,
  getConversation,
} from './api.ts';
import { shortTime } from './properties/snooze.ts';

/** The fields that an action changes, shown before the server has answered. */
type Expected = Partial<
  Pick<
    ConversationSummary,
    'assignee' | 'department_id' | 'priority' | 'status' | 'label_ids' | 'snoozed_until'
  >
>;

/**
 * The actions of an agent on a conversation. Each is shown at once and reverted if it is refused.
 */
export function createActions(id: string) {
  const { me } = useSession();
  const { inbox } = useInbox();
  const [expected, setExpected] = createSignal<Expected>({});
  const [waiting, setWaiting] = createSignal(0);
  let last = Promise.resolve();

  /** Runs actions one after another, so that fast keys are neither lost nor reordered. */
  function act(
    run: () => Promise<ConversationSummary>,
    change: Expected,
    done?: () => void,
  ): Promise<void> {
    setWaiting(waiting() + 1);
    setExpected({ ...expected(), ...change });
    last = last.then(async () => {
      try {
        inbox.update(await run());
        done?.();
      } catch (error) {
        await explain(error);
      } finally {
        setWaiting(waiting() - 1);
        if (waiting() === 0) setExpected({});
      }
    });
    return last;
  }

  async function explain(error: unknown): Promise<void> {
    showToast({ tone: 'bad', text: describeError(error) });
    if (!(error instanceof RequestError) || error.status !== 409) return;
    // A colleague was faster: load the current state.
    const now = await getConversation(id).catch(() => null);
    if (now) inbox.update(now);
  }

  const change = (to: ConversationChange, shown: Expected, done?: () => void) =>
    act(() => changeConversation(id, to), shown, done);

  /** The labels after all pending actions. */
  const labels = () => expected().label_ids ?? inbox.conversations[id]?.label_ids ?? [];

  function wake(): void {
    void change({ status: 'active' }, { status: 'active', snoozed_until: null });
  }

  function reopen(): void {
    void change({ status: 'active' }, { status: 'active' });
  }

  return {
    busy: () => waiting() > 0,
    /** The fields as expected after the server's answer. */
    expected,
    claim: () =>
      void act(() => claimConversation(id), { assignee: { id: me.user.id, name: me.user.name } }),
    assign: (assignee: { id: string; name: string } | null) =>
      void change({ assigneeId: assignee?.id ?? null }, { assignee }),
    move: (departmentId: string) => void change({ departmentId }, { department_id: departmentId }),
    setPriority: (priority: Priority) => void change({ priority }, { priority }),
    label(labelId: string, on: boolean): void {
      const others = labels().filter((otherId) => otherId !== labelId);
      void change(on ? { addLabels: [labelId] } : { removeLabels: [labelId] }, {
        label_ids: on ? [...others, labelId] : others,
      });
    },
    snooze: (until: string | null) =>
      void change(
        { status: 'snoozed', snoozedUntil: until },
        { status: 'snoozed', snoozed_until: until },
        () =>
          showToast({
            tone: 'plain',
            text: until
              ? `Snoozed until ${shortTime(new Date(until), new Date())}.`
              : 'Snoozed until the visitor replies.',
            action: { label: 'Undo', run: wake },
          }),
      ),
    wake,
    close: (closedReason: 'resolved' | 'spam') =>
      void change({ status: 'closed', closedReason }, { status: 'closed' }, () =>
        showToast({
          tone: 'plain',
          text: closedReason === 'spam' ? 'Closed as spam.' : 'Closed as resolved.',
          action: { label: 'Reopen', run: reopen },
        }),
      ),
    reopen,
  };
}

export type Actions = ReturnType<typeof createActions>;
