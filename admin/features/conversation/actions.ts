import { createSignal } from 'solid-js';
import { unwrap } from 'solid-js/store';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { Priority } from '../../../protocol/conversation/conversation-fields.ts';
import { describeError, RequestError } from '../../api/http.ts';
import { showToast } from '../../lib/toasts.ts';
import { t } from '../../texts/triage.ts';
import { useInbox } from '../inbox/context.ts';
import type { Triage } from '../inbox/flow/triage.ts';
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
 * The actions of an agent on the open conversation. Each is shown at once and reverted if it is
 * refused. After those that end the agent's work on it, the next one opens.
 */
export function createActions(id: string) {
  const { me } = useSession();
  const { inbox, flow } = useInbox();
  const [expected, setExpected] = createSignal<Expected>({});
  const [waiting, setWaiting] = createSignal(0);
  let last = Promise.resolve();

  /**
   * Runs actions one after another, so that fast keys are neither lost nor reordered.
   *
   * @param back shows the conversation again, if it was left
   */
  function act(
    run: () => Promise<ConversationSummary>,
    change: Expected,
    done?: () => void,
    back?: () => void,
  ): Promise<void> {
    setWaiting(waiting() + 1);
    setExpected({ ...expected(), ...change });
    last = last.then(async () => {
      try {
        inbox.update(await run());
        done?.();
      } catch (error) {
        await explain(error, back);
      } finally {
        setWaiting(waiting() - 1);
        if (waiting() === 0) setExpected({});
      }
    });
    return last;
  }

  async function explain(error: unknown, back?: () => void): Promise<void> {
    showToast({
      tone: 'bad',
      text: describeError(error),
      ...(back && { action: { label: t.open, run: back } }),
    });
    if (!(error instanceof RequestError) || error.status !== 409) return;
    // A colleague was faster: load the current state.
    const now = await getConversation(id).catch(() => null);
    if (now) inbox.update(now);
  }

  const change = (to: ConversationChange, shown: Expected, done?: () => void, back?: () => void) =>
    act(() => changeConversation(id, to), shown, done, back);

  /** Whether the agent is done with the conversation after a change. */
  async function isDone(before: ConversationSummary, to: ConversationChange): Promise<boolean> {
    if (to.status) return true;
    return import('../inbox/flow/leaves.ts').then(
      ({ isDoneAfter }) => isDoneAfter(before, to, inbox.filter(), me.user.id),
      // Without the code, as offline, the conversation stays open.
      () => false,
    );
  }

  /**
   * Makes a change. If the agent is done with the conversation after it, opens the next one and
   * offers to undo both.
   */
  async function decide(
    to: ConversationChange,
    shown: Expected,
    text: () => string,
  ): Promise<void> {
    const row = unwrap(inbox.conversations)[id];
    const before = row && structuredClone(row);
    if (!before || !(await isDone(before, to))) {
      void change(to, shown);
      return;
    }
    const back = flow.leave([id]);
    void change(to, shown, () => offerUndo(text(), before, to, back), back);
  }

  function offerUndo(
    text: string,
    before: ConversationSummary,
    to: ConversationChange,
    back: () => void,
  ): void {
    async function undo(): Promise<void> {
      const { undoOf } = await import('../inbox/flow/undo.ts');
      for (const step of undoOf(before, to)) await change(step, {});
      back();
    }
    showToast({
      tone: 'plain',
      text,
      action: { label: t.undo, undoes: true, run: () => void undo().catch(explain) },
    });
  }

  const closing = (closedReason: 'resolved' | 'spam') =>
    [
      { status: 'closed', closedReason },
      { status: 'closed' },
      () => (closedReason === 'spam' ? t.closedAsSpam : t.closed),
    ] as const;

  /** The labels after all pending actions. */
  const labels = () => expected().label_ids ?? inbox.conversations[id]?.label_ids ?? [];
  const self = { id: me.user.id, name: me.user.name };

  return {
    busy: () => waiting() > 0,
    /** The fields as expected after the server's answer. */
    expected,
    claim(): void {
      const assignee = expected().assignee ?? inbox.conversations[id]?.assignee ?? null;
      // Where nobody has it, the server decides who was first.
      if (assignee === null) void act(() => claimConversation(id), { assignee: self });
      else void change({ assigneeId: self.id }, { assignee: self });
    },
    assign: (assignee: { id: string; name: string } | null) =>
      void decide({ assigneeId: assignee?.id ?? null }, { assignee }, () =>
        assignee ? t.assignedTo(assignee.name) : t.unassigned,
      ),
    move: (departmentId: string) =>
      void decide({ departmentId }, { department_id: departmentId }, () => t.moved),
    setPriority: (priority: Priority) => void change({ priority }, { priority }),
    label(labelId: string, on: boolean): void {
      const others = labels().filter((otherId) => otherId !== labelId);
      void change(on ? { addLabels: [labelId] } : { removeLabels: [labelId] }, {
        label_ids: on ? [...others, labelId] : others,
      });
    },
    snooze: (until: string | null) =>
      void decide(
        { status: 'snoozed', snoozedUntil: until },
        { status: 'snoozed', snoozed_until: until },
        () =>
          until ? t.snoozedUntil(shortTime(new Date(until), new Date())) : t.snoozedUntilReply,
      ),
    wake: () => void change({ status: 'active' }, { status: 'active', snoozed_until: null }),
    close: (closedReason: 'resolved' | 'spam') => void decide(...closing(closedReason)),
    /**
     * Opens the next conversation at once, and closes this one when its messages are sent.
     *
     * @param sent whether they were; nothing is closed if one was refused
     */
    closeAfter(sent: Promise<boolean>): void {
      const row = unwrap(inbox.conversations)[id];
      const before = row && structuredClone(row);
      const back = flow.leave([id]);
      const [to, shown, text] = closing('resolved');
      void sent.then((complete) => {
        if (complete && before) {
          return change(to, shown, () => offerUndo(text(), before, to, back), back);
        }
        showToast({
          tone: 'bad',
          text: t.notSent,
          action: { label: t.open, run: back },
        });
      });
    },
    reopen: () => void change({ status: 'active' }, { status: 'active' }),
  } satisfies Triage & Record<string, unknown>;
}

export type Actions = ReturnType<typeof createActions>;
